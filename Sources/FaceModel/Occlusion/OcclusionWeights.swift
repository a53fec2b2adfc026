internal import CModels

/// The weights that tell from a region's activations what covers the face in it, and whether one is there.
///
/// They are trained by `Training/train.py`, written by `Training/weights.py`, and are part of the program.
/// Source of the method: logistic regression (Cox, "The regression analysis of binary sequences", 1958)
/// with an L2 penalty.
package struct OcclusionWeights: Sendable {
  /// What is asked of a face, in the file's order.
  enum Question: Int, CaseIterable {
    /// Whether something covers nose, mouth or chin.
    case lowerFace
    /// Whether what covers them is a hand or an object rather than cloth.
    case hand
    /// Whether something covers the eyes.
    case eyes
    /// Whether there is a face at all, bare or covered.
    case face
  }

  /// One question's weights.
  private struct Score: Sendable {
    /// Log odds for activations of 0.
    let intercept: Float
    /// What a unit of a weight stands for.
    let unit: Float
    /// One for each activation.
    let weights: [Int8]
  }

  /// One for each channel; activations are multiplied by it, which makes them vary alike.
  private let scales: [Float]
  private let scores: [Score]

  /// Reads a file of weights.
  ///
  /// The file is little-endian:
  /// - 8 bytes `vprepocc`; then as 32-bit integers the version of the file, that of the activations, the
  ///   number of questions, of channels and of weights for a question;
  /// - a float for each channel: its scale;
  /// - for each question the intercept and the unit as floats;
  /// - for each question its weights, a signed byte each.
  ///
  /// - Throws: `ModelError` of kind `malformed` or `unsupported`.
  package init(bytes: [UInt8], name: String) throws(ModelError) {
    var reader = Reader(bytes: bytes, name: name)
    guard bytes.starts(with: Array("vprepocc".utf8)) else {
      throw ModelError(.malformed, file: name, offset: 0, "not a file of weights")
    }
    reader.offset = 8
    let expected = [
      1, FaceActivations.version, Question.allCases.count, FaceActivations.channels,
      FaceActivations.count,
    ]
    for number in expected {
      let place = reader.offset
      let found = try reader.word()
      guard found == UInt32(number) else {
        throw ModelError(.unsupported, file: name, offset: place, "\(found) instead of \(number)")
      }
    }
    var scales: [Float] = []
    for _ in 0..<FaceActivations.channels { scales.append(try reader.float()) }
    var parameters: [(intercept: Float, unit: Float)] = []
    for _ in Question.allCases { parameters.append((try reader.float(), try reader.float())) }
    var scores: [Score] = []
    for (intercept, unit) in parameters {
      scores.append(
        Score(
          intercept: intercept, unit: unit, weights: try reader.bytes(FaceActivations.count)))
    }
    guard reader.offset == bytes.count else {
      throw ModelError(.malformed, file: name, offset: reader.offset, "bytes after the end")
    }
    self.scales = scales
    self.scores = scores
  }

  /// The weights that are part of the program.
  package static func embedded() throws(ModelError) -> OcclusionWeights {
    let file = unsafe vprep_occlusion_weights()
    let bytes = unsafe [UInt8](UnsafeBufferPointer(start: file.bytes, count: file.count))
    return try OcclusionWeights(bytes: bytes, name: "occlusion.weights")
  }

  /// What covers the face that the activations describe.
  package func scores(of activations: FaceActivations) -> OcclusionScores {
    let values = activations.values
    guard values.count == FaceActivations.count else { return OcclusionScores() }
    var scaled: [Float] = []
    scaled.reserveCapacity(values.count)
    var start = 0
    for layer in FaceActivations.layers {
      for _ in 0..<FaceActivations.grid * FaceActivations.grid {
        for channel in start..<start + layer.channels {
          scaled.append(values[scaled.count] * scales[channel])
        }
      }
      start += layer.channels
    }
    func likelihood(_ question: Question) -> Double {
      let score = scores[question.rawValue]
      var sums = SIMD8<Float>.zero
      for index in stride(from: 0, to: scaled.count, by: 8) {
        for lane in 0..<8 {
          sums[lane] += Float(score.weights[index + lane]) * scaled[index + lane]
        }
      }
      return Double(sigmoid(score.intercept + score.unit * sums.sum()))
    }
    return OcclusionScores(
      lowerFace: likelihood(.lowerFace), hand: likelihood(.hand), eyes: likelihood(.eyes),
      face: likelihood(.face))
  }
}

/// How likely a face is covered, by parts and by what covers it; each 0–1.
package struct OcclusionScores: Equatable, Sendable {
  /// That something covers nose, mouth or chin.
  package var lowerFace = 0.0
  /// That what covers them, if anything does, is a hand or an object rather than cloth.
  package var hand = 0.0
  /// That something covers the eyes.
  package var eyes = 0.0
  /// That there is a face, bare or covered; the others mean nothing where there is none.
  package var face = 0.0

  package init(lowerFace: Double = 0, hand: Double = 0, eyes: Double = 0, face: Double = 0) {
    self.lowerFace = lowerFace
    self.hand = hand
    self.eyes = eyes
    self.face = face
  }
}

/// Reads numbers one after another, and only such as are there.
private struct Reader {
  let bytes: [UInt8]
  let name: String
  var offset = 0

  mutating func word() throws(ModelError) -> UInt32 {
    let part = try take(4)
    return part.reversed().reduce(0) { $0 << 8 | UInt32($1) }
  }

  mutating func float() throws(ModelError) -> Float {
    let place = offset
    let value = Float(bitPattern: try word())
    guard value.isFinite else {
      throw ModelError(.malformed, file: name, offset: place, "a number that is none")
    }
    return value
  }

  mutating func bytes(_ count: Int) throws(ModelError) -> [Int8] {
    try take(count).map { Int8(bitPattern: $0) }
  }

  private mutating func take(_ count: Int) throws(ModelError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - offset else {
      throw ModelError(.malformed, file: name, offset: offset, "it ends early")
    }
    defer { offset += count }
    return bytes[offset..<offset + count]
  }
}
