import Foundation
import TestSupport
import Testing
import VPrep

/// Clips in HDR and what ffmpeg's own tone mapping makes of them.
///
/// The reference: zscale to linear light with BT.2408's reference white (203 cd/m²) as 1, BT.709
/// primaries, `tonemap=mobius` for a peak of 1000 cd/m², and zscale's inverse of BT.1886.
@Suite("An HDR clip that is encoded anew")
struct FitHDRTests {
  /// How a grey ramp of one second is coded.
  enum Ramp: String, CaseIterable {
    case pq = "smpte2084"
    case hlg = "arib-std-b67"
  }

  private static let size = (width: 160, height: 120)
  private static let reference =
    "zscale=t=linear:npl=203,format=gbrpf32le,zscale=p=bt709,"
    + "tonemap=mobius:desat=0:peak=4.926,zscale=t=bt709:m=bt709:r=tv,format=yuv420p,"
    + "scale=\(size.width):\(size.height):flags=area:out_range=pc,format=gray"
  private static let plain =
    "scale=\(size.width):\(size.height):flags=area:out_range=pc,format=gray"

  /// Fits a clip to three quarters of its size; returns the first frame's luma (0–255, full range) as
  /// the reference and as the output have it.
  private func converted(
    _ clip: URL
  ) async throws -> [(expected: Double, found: Double, isGrey: Bool)] {
    let folder = try TemporaryFolder()
    var gate = Gate(provider: .megvii)
    gate.fitting.maximumBytes = try Data(contentsOf: clip).count * 3 / 4
    let report = try await gate.fit(
      .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
    ).report
    #expect(report.fit?.action == .transcode)
    #expect(report.fit?.reasons.contains { $0.contains("HDR") } == true)
    let output = folder.file("out.mp4")
    let video = try Ffprobe.probe(output).video
    #expect(video?.transfer == "bt709")
    let expected = try Ffprobe.raw(clip, filters: Self.reference, pixelFormat: "gray", frames: 1)
    let found = try Ffprobe.raw(output, filters: Self.plain, pixelFormat: "gray", frames: 1)
    try #require(expected.count == found.count && found.count == Self.size.width * Self.size.height)
    let colors = [UInt8](
      try Ffprobe.raw(
        clip, filters: Self.reference.replacing("format=gray", with: "format=rgb24"),
        pixelFormat: "rgb24", frames: 1))
    try #require(colors.count == 3 * found.count)
    return zip(expected, found).enumerated().map { index, pair in
      let color = colors[3 * index..<3 * index + 3]
      let spread = (color.max() ?? 0) - (color.min() ?? 0)
      return (Double(pair.0), Double(pair.1), spread <= 24)
    }
  }

  /// Expects middle greys within 3 % of the reference, and no more white than it has.
  private func expectLikeReference(
    _ pixels: [(expected: Double, found: Double, isGrey: Bool)],
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    // 18 % grey is 109 of 255 by the reference.
    let middle = pixels.filter { $0.isGrey && (90.0...130).contains($0.expected) }
    try #require(middle.count >= 20, sourceLocation: location)
    let expected = middle.map(\.expected).reduce(0, +) / Double(middle.count)
    let found = middle.map(\.found).reduce(0, +) / Double(middle.count)
    #expect(
      abs(found / expected - 1) <= 0.03, "\(found) instead of \(expected)",
      sourceLocation: location)
    let lost = pixels.filter { $0.found >= 254 && $0.expected < 250 }
    #expect(
      lost.count * 500 <= pixels.count, "\(lost.count) highlights are lost",
      sourceLocation: location)
  }

  @Test("keeps a ramp's greys and highlights as the reference does", arguments: Ramp.allCases)
  func ramp(transfer: Ramp) async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("ramp.mp4")
    let tags = "colorprim=bt2020:transfer=\(transfer.rawValue):colormatrix=bt2020nc:range=limited"
    try Ffprobe.make([
      "-f", "lavfi", "-i",
      "nullsrc=s=640x480:r=10:d=1,format=yuv420p10le,geq=lum='64+876*X/639':cb=512:cr=512",
      "-c:v", "libx265", "-x265-params", "log-level=none:lossless=1:\(tags)", "-color_primaries",
      "bt2020", "-color_trc", transfer.rawValue, "-colorspace", "bt2020nc", "-tag:v", "hvc1",
      // The limit is a share of the size: the rest is room for the encoder.
      "-f", "mp4", clip.path(percentEncoded: false),
    ])
    try Self.pad(clip, to: 200_000)
    let pixels = try await converted(clip)
    try expectLikeReference(pixels)
    // The ramp still rises: no step of it got lost on the way.
    let row = (0..<Self.size.width).map { x in
      (0..<Self.size.height).map { pixels[$0 * Self.size.width + x].found }.reduce(0, +)
        / Double(Self.size.height)
    }
    #expect(zip(row, row.dropFirst()).allSatisfy { $1 >= $0 - 1 })
  }

  /// Adds a box that players skip.
  private static func pad(_ clip: URL, to bytes: Int) throws {
    var file = try Data(contentsOf: clip)
    let missing = max(8, bytes - file.count)
    file += withUnsafeBytes(of: UInt32(missing).bigEndian) { Data($0) }
    file += Data("free".utf8) + Data(count: missing - 8)
    try file.write(to: clip)
  }

  @Test("looks like the reference", arguments: try TestClips.named(["hdr-hlg", "hdr-pq"]))
  func clip(clip: TestClip) async throws {
    try expectLikeReference(await converted(clip.url))
  }

  @Test(
    "looks like the reference in the corpus too",
    arguments: try Corpus.current?.entries.filter { entry in
      ["smpte2084", "arib-std-b67"].contains { entry.columns.values.contains($0) }
    } ?? [])
  func corpus(entry: Corpus.Entry) async throws {
    try expectLikeReference(await converted(entry.url))
  }
}
