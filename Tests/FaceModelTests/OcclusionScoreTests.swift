import Foundation
import Testing

@testable import FaceModel

/// What covers a face: the numbers that are read from the network, and what the weights make of them.
@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct OcclusionScoreTests {
  /// The drawn face as it is, and with a white mask.
  static func activations(masked: Bool) throws -> FaceActivations {
    var face = DrawnFace()
    if masked {
      face.ellipses.append(
        DrawnFace.Ellipse(
          x: 512, y: 720, radiusX: 200, radiusY: 140, color: SIMD3(235, 238, 240), shading: 30))
    }
    let input = face.tensor(size: 192, left: 62, top: 70, side: 900, signed: false)
    var landmarker = try FaceLandmarker(from: Models.store)
    let region = RegionOfInterest(center: Point2D(96, 96), side: 192, rotation: 0)
    _ = try landmarker.landmarks(in: region) { (_, tensor) throws(ModelError) in
      for index in tensor.indices { tensor[index] = input[index] }
    }
    return landmarker.activations
  }

  /// What `make_references.py` computed with LiteRT for the same two drawings.
  static func references() throws -> [FaceActivations] {
    let file = Models.references.appendingPathComponent("occlusion_features.f32")
    let bytes = [UInt8](try Data(contentsOf: file))
    let numbers = stride(from: 0, to: bytes.count - 3, by: 4).map { start in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[start + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
    try #require(numbers.count == 2 * FaceActivations.count)
    return [
      FaceActivations(values: Array(numbers[..<FaceActivations.count])),
      FaceActivations(values: Array(numbers[FaceActivations.count...])),
    ]
  }

  @Test(arguments: [false, true])
  func `activations agree with LiteRT`(masked: Bool) throws {
    let reference = try Self.references()[masked ? 1 : 0]
    let found = try Self.activations(masked: masked)
    #expect(found.values.count == FaceActivations.count)
    for (position, expected) in reference.values.enumerated() {
      #expect(abs(found.values[position] - expected) <= 1e-3 * max(1, abs(expected)))
    }
  }

  @Test func `scores are those that the training script computed for the same numbers`() throws {
    let file = Models.references.appendingPathComponent("occlusion_scores.json")
    let expected = try JSONDecoder().decode([[Double]].self, from: Data(contentsOf: file))
    let weights = try OcclusionWeights.embedded()
    let references = try Self.references()
    try #require(expected.count == references.count)
    for (activations, scores) in zip(references, expected) {
      let found = weights.scores(of: activations)
      for (value, score) in zip([found.lowerFace, found.hand, found.eyes, found.face], scores) {
        #expect(abs(value - score) < 1e-5)
      }
    }
  }

  @Test func `a mask is told from a bare face and from a hand`() throws {
    let weights = try OcclusionWeights.embedded()
    let bare = weights.scores(of: try Self.activations(masked: false))
    let masked = weights.scores(of: try Self.activations(masked: true))
    #expect(masked.lowerFace > bare.lowerFace)
    #expect(masked.lowerFace > 0.5)
    #expect(masked.hand < 0.5)
  }

  @Test func `a kept tensor leaves the outputs as they were`() throws {
    let file = try TFLiteFile(bytes: TestGraph.sound().bytes, name: "test")
    let input: [Float] = .noise(8 * 8 * 3, seed: 5)
    var plain = try Network(NetworkPlan(file))
    var keeping = try Network(NetworkPlan(file, keeping: [3, 9]))
    let (expected, found) = (try plain.outputs(of: input), try keeping.outputs(of: input))
    #expect(found.count == 3)
    #expect(found.first == expected.first)
    #expect(found.dropFirst().map(\.count) == keeping.outputShapes.dropFirst().map(\.count))
    #expect(found.dropFirst().allSatisfy { $0.contains { $0 != 0 } })
  }

  /// The input, a constant, an output, and what is no tensor.
  @Test(arguments: [0, 1, 13, -1, 99])
  func `only what a layer writes for another can be kept`(tensor: Int) throws {
    let file = try TFLiteFile(bytes: TestGraph.sound().bytes, name: "test")
    #expect(throws: ModelError.self) { try NetworkPlan(file, keeping: [tensor]) }
  }
}

/// Files of weights that contradict themselves are refused.
@Suite struct OcclusionWeightsTests {
  private static func file(
    magic: String = "vprepocc", versions: [UInt32] = [1, 1], sizes: [UInt32] = [4, 320, 11520],
    scale: Float = 1, spare: Int = 0
  ) -> [UInt8] {
    var bytes = Array(magic.utf8)
    for number in versions + sizes { append(number, to: &bytes) }
    for _ in 0..<FaceActivations.channels { append(scale.bitPattern, to: &bytes) }
    for _ in 0..<4 {
      append(Float(-1).bitPattern, to: &bytes)
      append(Float(0.5).bitPattern, to: &bytes)
    }
    return bytes + [UInt8](repeating: 1, count: 4 * FaceActivations.count + spare)
  }

  private static func append(_ number: UInt32, to bytes: inout [UInt8]) {
    for shift in [0, 8, 16, 24] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  @Test func `a sound file is read, and its numbers are used`() throws {
    let weights = try OcclusionWeights(bytes: Self.file(), name: "test")
    let still = FaceActivations(values: [Float](repeating: 0, count: FaceActivations.count))
    let scores = weights.scores(of: still)
    #expect(abs(scores.eyes - 1 / (1 + 2.718281828)) < 1e-6)
    let loud = FaceActivations(values: [Float](repeating: 1, count: FaceActivations.count))
    #expect(weights.scores(of: loud).eyes > 0.99)
  }

  /// Files that are not what they say; as arguments, all their bytes would be printed.
  static let wrongFiles: [String: [UInt8]] = [
    "another format": file(magic: "vprepocd"), "another version": file(versions: [2, 1]),
    "other features": file(versions: [1, 2]), "another score": file(sizes: [3, 320, 11520]),
    "one channel more": file(sizes: [4, 321, 11520]),
    "one value less": file(sizes: [4, 320, 11519]), "no number": file(scale: .nan),
    "a byte more": file(spare: 1), "a byte less": file(spare: -1), "nothing": [],
    "half a head": Array(file().prefix(9)), "a head": Array(file().prefix(28)),
    "a part": Array(file().prefix(1400)),
  ]

  @Test(arguments: wrongFiles.keys.sorted())
  func `a file that is not what it says is refused`(name: String) throws {
    let bytes = try #require(Self.wrongFiles[name])
    #expect(throws: ModelError.self) { try OcclusionWeights(bytes: bytes, name: "test") }
  }
}
