internal import FaceModel
internal import Glibc
internal import Services

/// The colours of a face at its landmarks, read from its crop.
///
/// Colour is taken as log R/G and log G/B: light that only gets stronger or weaker leaves both as they
/// are, so a shadow is no other colour.
struct FaceColors {
  /// Colour of one place on the face.
  struct Sample {
    /// log (R ÷ G): the redness of skin and, more so, of lips.
    let redness: Double
    /// log (G ÷ B).
    let yellowness: Double
    /// log of luma, BT.601 weights.
    let luma: Double
  }

  /// Samples of 5×5 pixels, `nil` outside the picture; one for each landmark.
  private let wide: [Sample?]
  /// log luma of 3×3 pixels, for fine structure; one for each landmark.
  private let fine: [Double?]
  /// How doubtful the network is of the face: 10 − logit of its score, within 0…14.
  ///
  /// 0 for a bare face; a covered one makes the network doubt.
  let doubt: Double
  /// Edges and colours of the lower face; `nil` when too little of the skin lies in the picture.
  private(set) var lowerFace: FaceTexture?
  /// Those of the eyes and what is around them.
  private(set) var eyes: FaceTexture?

  /// Forehead, bridge of the nose and the skin below the eyes: what a mask leaves free.
  ///
  /// Numbers of MediaPipe's canonical face model.
  static let upperSkin = [
    9, 8, 168, 6, 151, 108, 337, 107, 336, 69, 299, 230, 231, 229, 450, 451, 449, 228, 448,
  ]

  /// Added to each channel before the log, as a part of the skin's luma: keeps the noise of black
  /// from counting as colour, in dim pictures and bright ones alike.
  private static let floorPart: Float = 0.1
  private static let leastFloor: Float = 1
  static let weights = SIMD3<Float>(0.299, 0.587, 0.114)

  init(_ crop: FaceCrop) {
    let score = Double(crop.landmarks.score)
    doubt = 10 - min(max(log(score / (1 - score + 1e-7)), -4), 10)
    let skin = Self.upperSkin.compactMap { crop.color($0, radius: 2) }
      .map { Double(($0 * Self.weights).sum()) }
    let floor = Self.leastFloor + Self.floorPart * Float(Statistics.median(skin) ?? 0)
    let numbers = 0..<FaceLandmarks.count
    wide = numbers.map { crop.color($0, radius: 2).map { Sample($0 + floor) } }
    fine = numbers.map { crop.color($0, radius: 1).map { Sample($0 + floor).luma } }
    func texture(_ part: FaceTexture.Part) -> FaceTexture? {
      median(part.skin).flatMap { FaceTexture(part, of: crop, floor: floor, skin: $0) }
    }
    lowerFace = texture(.lowerFace)
    eyes = texture(.eyes)
  }

  /// The samples at some landmarks that lie in the picture.
  func samples(_ landmarks: [Int]) -> [Sample] {
    landmarks.compactMap { wide[$0] }
  }

  /// Fine log luma at some landmarks that lie in the picture.
  func fineLuma(_ landmarks: [Int]) -> [Double] {
    landmarks.compactMap { fine[$0] }
  }

  /// The median of each component; `nil` for fewer than three samples.
  func median(_ landmarks: [Int]) -> Sample? {
    let samples = samples(landmarks)
    guard samples.count >= 3, let redness = Statistics.median(samples.map(\.redness)),
      let yellowness = Statistics.median(samples.map(\.yellowness)),
      let luma = Statistics.median(samples.map(\.luma))
    else { return nil }
    return Sample(redness: redness, yellowness: yellowness, luma: luma)
  }

  /// Standard deviation; `nil` for fewer than four values.
  static func deviation(_ values: [Double]) -> Double? {
    values.count > 3 ? Statistics.standardDeviation(values) : nil
  }
}

extension FaceColors.Sample {
  /// - Parameter color: RGB in steps of 255, each above 0.
  init(_ color: SIMD3<Float>) {
    let (red, green, blue) = (Double(color.x), Double(color.y), Double(color.z))
    redness = log(red / green)
    yellowness = log(green / blue)
    luma = log(0.299 * red + 0.587 * green + 0.114 * blue)
  }

  /// How far two colours are apart, whatever their luma.
  func chromaDistance(_ other: FaceColors.Sample) -> Double {
    let (red, yellow) = (redness - other.redness, yellowness - other.yellowness)
    return (red * red + yellow * yellow).squareRoot()
  }
}
