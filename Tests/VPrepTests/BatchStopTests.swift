import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A batch that is stopped")
struct BatchStopTests {
  @Test("keeps what is done, removes what is half done, and goes on from there")
  func cancelled() async throws {
    let folder = try BatchFolder()
    let clips = try TestClips.named(["short-0.4", "oversized", "long-15"]).map(\.path)
    let batch = folder.preparing(clips)
    let seen = await Task {
      var seen: [String] = []
      do {
        for try await result in batch {
          seen.append(result.path)
          withUnsafeCurrentTask { $0?.cancel() }
        }
        Issue.record("The batch came to its end.")
      } catch {
        let error = error as? VPrepError
        #expect(error?.kind == .cancelled)
        #expect(error?.message.contains("1 of 3") == true)
      }
      return seen
    }.value
    #expect(seen == [clips[0]])
    #expect(try folder.contents == ["report.ndjson", "short-0.4.mp4"])
    #expect(try folder.names == ["short-0.4.mp4"])
    #expect(try await folder.preparing([clips[0]]).resumed() == [true])
  }

  @Test("removes what a killed run has left behind, and nothing else")
  func leftovers() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "visit.mp4")
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.output, withIntermediateDirectories: true)
    let others = [".visit.mp4.a1b2c3.part", ".visit.mp4.part", "visit.mp4.vprep-a1b2c3.part"]
    for name in others + [".visit.mp4.vprep-a1b2c3.part", ".report.ndjson.vprep-0.part"] {
      try Data().write(to: URL(filePath: folder.output + "/" + name))
    }
    _ = try await folder.preparing([clip]).results()
    #expect(try folder.contents == (others + ["report.ndjson", "visit.mp4"]).sorted())
  }

  @Test("holds its folder until its end, and no longer")
  func locked() async throws {
    let folder = try BatchFolder()
    let clips = try ["a", "b"].map { try folder.copy("short-0.4", as: "\($0).mp4") }
    var first = folder.checking(clips).makeAsyncIterator()
    #expect(try await first.next() != nil)
    await #expect { try await folder.checking(clips).results() } throws: { error in
      (error as? VPrepError)?.kind == .outputNotWritten
    }
    #expect(try await first.next() != nil)
    #expect(try await first.next() == nil)
    #expect(try await folder.checking(clips).resumed() == [true, true])
    #expect(try await first.next() == nil)
  }

  @Test("ends for both of two iterators: one of them has the folder")
  func twoIterators() async throws {
    let folder = try BatchFolder()
    let batch = folder.checking([try folder.copy("short-0.4", as: "a.mp4")])
    async let first = try? batch.results().count
    async let second = try? batch.results().count
    let counts = await [first, second].compactMap { $0 }
    // Whoever comes too late to meet the other takes its line over.
    #expect(!counts.isEmpty && counts.allSatisfy { $0 == 1 })
  }

  @Test("refuses a folder that it would read its own outputs from, and one that it cannot make")
  func unusableFolders() async throws {
    let folder = try BatchFolder()
    let clip = try folder.copy("short-0.4", as: "in/a.mp4")
    var batch = folder.preparing([folder.folder.path("in") + "/"])
    batch.folder = folder.folder.path("in")
    await #expect { try await batch.results() } throws: { error in
      (error as? VPrepError)?.kind == .badRequest
    }
    batch.inputs = [clip]
    batch.folder = clip
    await #expect { try await batch.results() } throws: { error in
      (error as? VPrepError)?.kind == .outputNotWritten
    }
    #expect(FileManager.default.fileExists(atPath: clip))
  }
}
