import Testing

@testable import FaceModel

@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct ActivationMemoryTests {
  @Test func networksThatTakeTurnsInOneMemoryComputeWhatEachDoesAlone() throws {
    var full = try Models.store.network(.fullRangeDetector)
    let memory = full.activations
    var short = try Models.store.network(.shortRangeDetector, sharing: memory)
    var landmarks = try Models.store.network(.faceLandmarks, sharing: memory)
    var iris = try Models.store.network(.irisLandmarks, sharing: memory)
    #expect(short.activations === memory)
    #expect(landmarks.activations === memory)
    #expect(iris.activations === memory)
    for _ in 0..<2 {
      try expectSame(&full, .fullRangeDetector)
      try expectSame(&iris, .irisLandmarks)
      try expectSame(&landmarks, .faceLandmarks)
      try expectSame(&short, .shortRangeDetector)
    }
  }

  @Test func aMemoryThatIsTooSmallIsLeftAlone() throws {
    let small = try Models.store.network(.irisLandmarks)
    let large = try Models.store.network(.fullRangeDetector, sharing: small.activations)
    #expect(large.activations !== small.activations)
  }

  private func expectSame(_ shared: inout Network, _ file: FaceModelFile) throws {
    var alone = try Models.store.network(file)
    let input = ReferenceTests.input(of: file)
    let expected = try alone.outputs(of: input)
    #expect(try shared.outputs(of: input) == expected)
  }
}
