import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("Parameter sets on the way")
struct ParameterSetsTests {
  /// The units of an H.264 or HEVC stream that ffmpeg makes of a test picture of that size.
  private func sets(
    _ size: String, _ codec: String = "libx264", _ format: String = "h264"
  ) throws -> [[UInt8]] {
    let folder = try TemporaryFolder()
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=\(size):r=30:d=0.1", "-c:v", codec, "-pix_fmt", "yuv420p"]
        + (codec == "libx265" ? ["-x265-params", "log-level=none:pools=none"] : [])
        + ["-preset", "ultrafast", "-f", format, folder.path("clip")])
    let bytes = try [UInt8](Data(contentsOf: folder.file("clip")))
    return AnnexB.units(in: bytes.span).map { Array(bytes[$0]) }
  }

  private func changes(
    _ coding: CodedUnits.Coding, header: [[UInt8]], then later: [[UInt8]]
  ) -> Bool {
    let units = CodedUnits(coding: coding, lengthSize: nil)
    var sets = ParameterSets(units, header: header.flatMap { [0, 0, 0, 1] + $0 })
    for unit in later where !unit.isEmpty {
      switch units.kind(unit[0]) {
      case .videoSet, .sequenceSet, .pictureSet: sets.noteInBand(unit, units.kind(unit[0]))
      default: break
      }
    }
    return sets.areChanged
  }

  @Test("of H.264 may be repeated and may not be replaced")
  func h264() throws {
    let (small, large) = (try sets("96x128"), try sets("128x96"))
    #expect(!changes(.h264, header: small, then: small))
    #expect(!changes(.h264, header: [], then: small + small))
    #expect(changes(.h264, header: small, then: large))
    #expect(changes(.h264, header: [], then: small + large))
  }

  @Test("of HEVC may be repeated and may not be replaced")
  func hevc() throws {
    let (small, large) = (
      try sets("96x128", "libx265", "hevc"), try sets("128x96", "libx265", "hevc")
    )
    #expect(!changes(.hevc, header: small, then: small))
    #expect(changes(.hevc, header: small, then: large))
    let set = try #require(small.first { $0[0] >> 1 & 0x3F == 33 })
    let read = try #require(
      HEVCParameterSet(payload: NALPayload.bytes(of: set.span.extracting(2...))))
    #expect((read.width, read.height) == (96, 128))
    #expect(read.chromaFormat == 1 && read.bitDepth == 8 && read.identifier == 0)
  }

  @Test("with an identifier of their own may stand beside others for pictures of the same format")
  func otherIdentifiers() throws {
    let small = try sets("96x128")
    let folder = try TemporaryFolder()
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=0.1", "-c:v", "libx264", "-pix_fmt"]
        + ["yuv420p", "-preset", "ultrafast", "-x264-params", "sps-id=5", "-f", "h264"]
        + [folder.path("clip")])
    let bytes = try [UInt8](Data(contentsOf: folder.file("clip")))
    let other = AnnexB.units(in: bytes.span).map { Array(bytes[$0]) }
    #expect(!changes(.h264, header: small, then: other))
  }

  @Test("that are cut off or nonsense are no parameter sets")
  func damaged() throws {
    for unit in try sets("96x128") + sets("96x128", "libx265", "hevc") {
      for count in 1..<min(unit.count, 60) {
        _ = changes(.h264, header: [], then: [Array(unit.prefix(count))])
        _ = changes(.hevc, header: [], then: [Array(unit.prefix(count))])
      }
    }
  }
}
