import Dispatch
import Synchronization
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

  @Test func networksThatRunAtTheSameTimeInOneMemoryWaitForEachOther() throws {
    let full = try Models.store.network(.fullRangeDetector)
    let short = try Models.store.network(.shortRangeDetector, sharing: full.activations)
    #expect(short.activations === full.activations)
    let runs = [
      try SharedRun(full, .fullRangeDetector), try SharedRun(short, .shortRangeDetector),
    ]
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 16) { index in
      if !runs[index % runs.count].givesWhatIsExpected() { wrong.add(1, ordering: .relaxed) }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
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

/// A network that several threads ask in turn, and what it computes when it is alone.
private final class SharedRun: Sendable {
  private let network: Mutex<Network>
  private let input: [Float]
  private let expected: [[Float]]

  init(_ network: consuming Network, _ file: FaceModelFile) throws {
    var alone = try Models.store.network(file)
    input = ReferenceTests.input(of: file)
    expected = try alone.outputs(of: input)
    self.network = Mutex(network)
  }

  func givesWhatIsExpected() -> Bool {
    network.withLock { network in (try? network.outputs(of: input)) == expected }
  }
}
