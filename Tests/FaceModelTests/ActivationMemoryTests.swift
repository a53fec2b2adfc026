import Foundation
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

  @Test func oneMemoryHoldsEachOfTheNetworksAndIsNoLargerThanTheLargestNeeds() throws {
    let memory = try ActivationMemory()
    var largest = 0
    for file in FaceModelFile.allCases {
      #expect(try Models.store.network(file, sharing: memory).activations === memory)
      largest = max(largest, try Models.store.network(file).activations.count)
    }
    #expect(memory.count == largest)
  }

  @Test func networksThatRunAtTheSameTimeInOneMemoryWaitForEachOther() throws {
    let full = try Models.store.network(.fullRangeDetector)
    let short = try Models.store.network(.shortRangeDetector, sharing: full.activations)
    #expect(short.activations === full.activations)
    let runs = [
      try SharedRun(full, .fullRangeDetector), try SharedRun(short, .shortRangeDetector),
    ]
    let ended = DispatchSemaphore(value: 0)
    for run in runs {
      Thread.detachNewThread {
        for _ in 0..<30 { run.compare() }
        ended.signal()
      }
    }
    for _ in runs { ended.wait() }
    for run in runs { #expect(run.wrong.load(ordering: .relaxed) == 0) }
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

/// A network, and what it computes when it is alone.
private final class SharedRun: Sendable {
  private let network: Mutex<Network>
  private let input: [Float]
  private let expected: [[Float]]
  /// Runs that gave something else.
  let wrong = Atomic(0)

  init(_ network: consuming Network, _ file: FaceModelFile) throws {
    var alone = try Models.store.network(file)
    input = ReferenceTests.input(of: file)
    expected = try alone.outputs(of: input)
    self.network = Mutex(network)
  }

  /// Runs once more.
  func compare() {
    let isSame = network.withLock { network in (try? network.outputs(of: input)) == expected }
    if !isSame { wrong.add(1, ordering: .relaxed) }
  }
}
