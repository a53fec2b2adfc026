import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("The writer of MP4 files")
struct MuxerTests {
  @Test("gives back what it holds where it cannot begin, and counts FFmpeg's message for nobody")
  func failingBegin() throws {
    FFmpegLog.isInstalled
    // With a large number in it, an owner of a file shows at its end whether its memory was written to.
    let many = (0..<150).map { _ in open("/dev/null", O_RDONLY) }
    defer { for number in many { close(number) } }
    let folder = try TemporaryFolder()
    let path = folder.path("out.mp4")
    for _ in 0..<20 {
      let output = try OutputFile(OutputTarget(path, protecting: ProtectedFiles()))
      // FFmpeg refuses to write a file without streams.
      let error = #expect(throws: MediaError.self) {
        try FFmpegLog.owning { () throws(MediaError) in
          let muxer = try Muxer(output)
          try muxer.begin()
        }
      }
      #expect(error?.stage == .mux)
    }
    #expect(try folder.contents.isEmpty)
  }
}
