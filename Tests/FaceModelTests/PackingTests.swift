import Testing

@testable import FaceModel

/// Networks that pack their weights for each run, a few layers at a time, and hold none between runs.
@Suite(.enabled(if: Models.available, "the models are fetched by make setup"))
struct PackingTests {
  @Test(arguments: FaceModelFile.allCases)
  func weightsPackedForEachRunComputeWhatKeptOnesDo(_ file: FaceModelFile) throws {
    let input = ReferenceTests.input(of: file)
    var kept = try Models.store.network(file)
    var packing = try Models.store.network(file, isPacked: false)
    let expected = try kept.outputs(of: input)
    for _ in 0..<2 { #expect(try packing.outputs(of: input) == expected) }
  }

  @Test func theyTakeTurnsInOneMemoryWithOthers() throws {
    let memory = try ActivationMemory()
    var hand = try Models.store.network(.handLandmarks, sharing: memory, isPacked: false)
    var face = try Models.store.network(.faceLandmarks, sharing: memory)
    #expect(hand.activations === memory)
    let (handInput, faceInput) = (
      ReferenceTests.input(of: .handLandmarks), ReferenceTests.input(of: .faceLandmarks)
    )
    let (handOutputs, faceOutputs) = (
      try hand.outputs(of: handInput), try face.outputs(of: faceInput)
    )
    #expect(try hand.outputs(of: handInput) == handOutputs)
    #expect(try face.outputs(of: faceInput) == faceOutputs)
  }

  @Test func aRunThatCannotPackItsWeightsSaysSo() throws {
    // Whether a sparse constant holds what its indices ask for is known when it is expanded.
    let plan = try SparsityTests.graph(indices: [1, 2, 0]).plan()
    #expect(throws: ModelError.self) { _ = try Network(plan) }
    var packing = try Network(plan, isPacked: false)
    let error = #expect(throws: ModelError.self) {
      try packing.run { span in
        for index in span.indices { span[index] = 0.5 }
      }
    }
    #expect(error?.kind == .invalidGraph)
  }
}
