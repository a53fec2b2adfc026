import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("The writer of MP4 files")
struct MuxerTests {
  @Test("gives back what it holds where it cannot begin")
  func failingBegin() throws {
    let folder = try TemporaryFolder()
    let path = folder.path("out.mp4")
    for _ in 0..<20 {
      let output = try OutputFile(OutputTarget(path, protecting: ProtectedFiles()))
      // FFmpeg refuses to write a file without streams.
      let error = #expect(throws: MediaError.self) {
        let muxer = try Muxer(output)
        try muxer.begin()
      }
      #expect(error?.stage == .mux)
    }
    #expect(try folder.contents.isEmpty)
  }
}
