import Foundation
import TestSupport
import Testing

@testable import VPrep

@Suite("A run of a batch")
struct BatchRunTests {
  @Test("gives each result to one of those who ask, and ends for all of them")
  func shared() async throws {
    let folder = try BatchFolder()
    let clips = try ["a", "b", "c"].map { try folder.copy("short-0.4", as: "\($0).mp4") }
    let run = BatchRun(folder.checking(clips))
    let taken = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<3 {
        group.addTask {
          var paths: [String] = []
          while let result = try await run.next() { paths.append(result.path) }
          return paths
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(taken.sorted() == clips)
    #expect(try folder.names == ["a.mp4", "b.mp4", "c.mp4"])
  }
}
