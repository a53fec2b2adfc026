import Foundation
import TestSupport
import Testing
import VPrep

@Suite("Data that may identify people")
struct CopyMetadataTests {
  /// A clip that could stay as it is, but for what it holds.
  struct Case: Sendable, CustomStringConvertible {
    let description: String
    /// How the report names it.
    let kind: String
    /// What must be found nowhere in the output.
    let secret: String
    var file = "clip.mp4"
    /// Options of ffmpeg.
    var options: [String] = []
    /// A box that is added to the movie, or to its first track.
    var box: (@Sendable () -> MP4Tree.Box)?
    var isInTrack = false
    /// Whether the streams of the clip can stand in an MP4.
    var isCopied = true
  }

  private static func text(_ text: String) -> Data { Data(text.utf8) }

  static let cases = [
    Case(
      description: "a location", kind: "where it was recorded", secret: "+52.4597+013.3220",
      file: "clip.mov", options: ["-metadata", "location=+52.4597+013.3220/"]),
    Case(
      description: "QuickTime's keys", kind: "where it was recorded, the device",
      secret: "iPad mini", file: "clip.mov",
      options: [
        "-movflags", "+use_metadata_tags+faststart", "-metadata",
        "com.apple.quicktime.location.ISO6709=+52.4597+013.3220+051.178/", "-metadata",
        "com.apple.quicktime.model=iPad mini",
      ]),
    Case(
      description: "names", kind: "names and titles", secret: "Jane Doe",
      options: ["-metadata", "artist=Jane Doe"]),
    Case(
      description: "a comment", kind: "comments and descriptions", secret: "at the bank",
      options: ["-metadata", "comment=at the bank"]),
    Case(
      description: "a place as 3GPP writes it", kind: "where it was recorded", secret: "My street",
      box: {
        MP4Tree.Box(
          "udta",
          children: [MP4Tree.Box("loci", Data(count: 6) + text("My street\0") + Data(count: 15))])
      }),
    Case(
      description: "a place in a track", kind: "where it was recorded", secret: "+48.1+011.5",
      box: {
        MP4Tree.Box(
          "udta",
          children: [
            MP4Tree.Box("\u{A9}xyz", Data([0, 12, 0x15, 0xC7]) + text("+48.1+011.5/"))
          ])
      }, isInTrack: true),
    Case(
      description: "a camera's own box", kind: "the device", secret: "HERO11 C3501324500711",
      box: {
        MP4Tree.Box("udta", children: [MP4Tree.Box("CAME", text("HERO11 C3501324500711"))])
      }),
    Case(
      description: "a box that nobody knows", kind: "data of an unknown kind",
      secret: "SN 4711-0815",
      box: { MP4Tree.Box("udta", children: [MP4Tree.Box("zzzz", text("SN 4711-0815"))]) }),
    Case(
      description: "an unknown box in the movie", kind: "data of an unknown kind",
      secret: "SN 4711-0816", box: { MP4Tree.Box("vndr", text("SN 4711-0816")) }),
    Case(
      description: "space that is not empty", kind: "data of an unknown kind",
      secret: "lat 52.45 lon 13.32", box: { MP4Tree.Box("free", text("lat 52.45 lon 13.32")) }),
    Case(
      description: "XMP", kind: "XMP", secret: "exif:GPSLatitude",
      box: {
        MP4Tree.Box(
          "uuid",
          Data([
            0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3,
            0xAF, 0xAC,
          ]) + text("<x:xmpmeta exif:GPSLatitude='52,27N'/>"))
      }),
    Case(
      description: "XMP in user data", kind: "XMP", secret: "exif:GPSLongitude",
      box: {
        MP4Tree.Box(
          "udta",
          children: [MP4Tree.Box("XMP_", text("<x:xmpmeta exif:GPSLongitude='13,19E'/>"))])
      }),
    Case(
      description: "user data in the pictures", kind: "user data in the coded pictures",
      secret: "GPS 52.4597",
      options: [
        "-bsf:v", "h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+GPS 52.4597",
      ]),
    Case(
      description: "tags of a Matroska", kind: "where it was recorded", secret: "Alexanderplatz",
      file: "clip.mkv", options: ["-metadata", "RECORDING_LOCATION=Alexanderplatz"]),
    Case(
      description: "tags of a FLV", kind: "comments and descriptions", secret: "Jane at home",
      file: "clip.flv", options: ["-metadata", "description=Jane at home"]),
    Case(
      description: "tags of an AVI", kind: "names and titles", secret: "Jane Roe",
      file: "clip.avi", options: ["-metadata", "artist=Jane Roe"], isCopied: false),
  ]

  /// A clip of a second that Megvii takes as it is.
  private static func make(
    _ one: Case?, _ name: String, in folder: borrowing TemporaryFolder
  ) throws -> URL {
    let codec =
      name.hasSuffix(".avi")
      ? ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p", "-c:a", "pcm_s16le"]
      : ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-preset", "veryfast", "-c:a", "aac"]
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=s=96x128:r=30:d=1", "-f", "lavfi", "-i"]
        + ["anoisesrc=d=1:c=pink", "-map_metadata", "-1", "-ar", "44100"] + codec
        + ["-movflags", "+faststart"] + (one?.options ?? []) + [folder.path(name)])
    if let box = one?.box {
      let tree = try MP4Tree(folder.file(name))
      let parent = one?.isInTrack == true ? tree.tracks[0] : tree.root.find("moov")
      parent?.children?.append(box())
      try tree.write(to: folder.file(name))
    }
    return folder.file(name)
  }

  private func fit(
    _ clip: URL, _ folder: borrowing TemporaryFolder, keeping: Bool = false,
    window: TimeWindow? = nil
  ) async throws -> ReportDocument {
    var gate = Gate(.megvii)
    gate.fitting.keepsMetadata = keeping
    gate.fitting.window = window
    return try await gate.fit(
      .file(clip.path(percentEncoded: false)), writingTo: folder.path("out.mp4")
    ).report
  }

  @Test("are left out by a copy of the streams, and named by their kind", arguments: cases)
  func leftOut(one: Case) async throws {
    let folder = try TemporaryFolder()
    let clip = try Self.make(one, one.file, in: folder)
    let bytes = try Data(contentsOf: clip)
    // The test would find nothing in an output where the clip itself holds nothing.
    #expect(bytes.range(of: Self.text(one.secret)) != nil)
    let report = try await fit(clip, folder)
    let fit = try #require(report.fit)
    #expect(fit.action == (one.isCopied ? .remux : .transcode))
    #expect(fit.output?.verified == true)
    #expect(report.input.warnings.contains { $0.contains("identify people: \(one.kind)") })
    #expect(fit.reasons.contains { $0.contains("left out: \(one.kind)") })
    let said = try String(decoding: report.json(), as: UTF8.self)
    #expect(!said.contains(one.secret))
    try Self.expectNothing(in: folder.file("out.mp4"), secret: one.secret)
    guard one.isCopied else { return }
    try FitWitness(source: clip, output: folder.file("out.mp4")).expectSameStreams()
  }

  @Test("stay byte for byte where the caller keeps them", arguments: cases)
  func kept(one: Case) async throws {
    let folder = try TemporaryFolder()
    let clip = try Self.make(one, one.file, in: folder)
    let report = try await fit(clip, folder, keeping: true)
    #expect(report.fit?.action == .passthrough)
    #expect(try Data(contentsOf: folder.file("out.mp4")) == Data(contentsOf: clip))
    // Who keeps them is told all the same.
    #expect(report.input.warnings.contains { $0.contains(one.kind) })
  }

  @Test(
    "are not found in what recorders and muxers write",
    arguments: ["clip.mp4", "clip.mov", "clip.mkv", "clip.flv", "clip.avi", "clip.ts", "clip.3gp"])
  func harmless(name: String) async throws {
    let folder = try TemporaryFolder()
    let tags = Case(
      description: "", kind: "", secret: "",
      options: [
        "-metadata", "creation_time=2024-05-01T10:00:00Z", "-metadata:s:v", "language=ger",
        "-metadata:s:v", "rotate=90",
      ])
    let report = try await fit(Self.make(tags, name, in: folder), folder)
    #expect(report.input.warnings.allSatisfy { !$0.contains("identify") })
    #expect(report.fit?.action == .passthrough)
  }

  @Test("are left out of a stretch too, and of what is encoded")
  func stretches() async throws {
    let folder = try TemporaryFolder()
    let secret = "GPS 52.4597"
    let one = try #require(Self.cases.first { $0.secret == secret })
    let clip = try Self.make(one, "clip.mp4", in: folder)
    let cut = try await fit(clip, folder, window: TimeWindow(start: 0, end: 0.6))
    #expect(cut.fit?.action == .trimCopy)
    try Self.expectNothing(in: folder.file("out.mp4"), secret: secret)
    let encoded = try await fit(clip, folder, window: TimeWindow(start: 0.3, end: 0.9))
    #expect(encoded.fit?.action == .transcode)
    try Self.expectNothing(in: folder.file("out.mp4"), secret: secret)
  }

  @Test("in tracks, chapters and cover pictures are left out")
  func tracks() async throws {
    let folder = try TemporaryFolder()
    let plain = try Self.make(nil, "plain.mp4", in: folder)
    try Data("1\n00:00:00,000 --> 00:00:01,000\nGPS(13.3220,52.4597,19)\n".utf8)
      .write(to: folder.file("flight.srt"))
    try Data(
      ";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle=My kitchen\n".utf8
    ).write(to: folder.file("chapters.txt"))
    try Ffprobe.make(
      ["-i", plain.path(percentEncoded: false), "-i", folder.path("flight.srt"), "-i"]
        + [folder.path("chapters.txt"), "-f", "lavfi", "-i", "color=red:s=32x32:d=0.04"]
        + ["-map", "0", "-map", "1", "-map", "3", "-map_chapters", "2", "-c", "copy", "-c:s"]
        + ["mov_text", "-c:v:1", "mjpeg", "-pix_fmt:v:1", "yuvj420p", "-disposition:v:1"]
        + ["attached_pic", "-frames:v:1", "1", "-movflags", "+faststart", folder.path("all.mp4")])
    let report = try await fit(folder.file("all.mp4"), folder)
    let reason = try #require(report.fit?.reasons.last)
    for kind in ["subtitles", "cover pictures", "chapters"] { #expect(reason.contains(kind)) }
    #expect(report.fit?.action == .remux)
    for secret in ["GPS(13.3220", "My kitchen"] {
      try Self.expectNothing(in: folder.file("out.mp4"), secret: secret)
    }
    // The same track as a GoPro, an Apple and an Android phone would call it.
    for (type, handler) in [("gpmd", "meta"), ("mebx", "meta"), ("camm", "camm")] {
      let tree = try MP4Tree(folder.file("all.mp4"))
      for track in tree.tracks {
        let list = try #require(track.find("mdia", "minf", "stbl", "stsd"))
        guard list.data.range(of: Data("tx3g".utf8)) != nil else { continue }
        list.data.replaceSubrange(12..<16, with: Data(type.utf8))
        track.find("mdia", "hdlr")?.data.replaceSubrange(8..<12, with: Data(handler.utf8))
      }
      try tree.write(to: folder.file("\(type).mp4"))
      let report = try await fit(folder.file("\(type).mp4"), folder)
      #expect(report.fit?.reasons.last?.contains("tracks of timed data") == true, "\(type)")
      try Self.expectNothing(in: folder.file("out.mp4"), secret: "GPS(13.3220")
    }
  }

  @Test("are in no preview")
  func previews() async throws {
    let folder = try TemporaryFolder()
    let clip = folder.file("clip.mov")
    try Ffprobe.make(
      [
        "-i", TestClips.named("good-megvii").path, "-c", "copy", "-metadata",
        "location=+52.4+13.3/",
      ]
        + [clip.path(percentEncoded: false)])
    _ = try await Gate(.megvii).preview(
      .file(clip.path(percentEncoded: false)), writingTo: folder.path("p.jpg"))
    let markers = try JPEGMarkers.all([UInt8](Data(contentsOf: folder.file("p.jpg"))))
    // E1 holds Exif and XMP, ED IPTC, FE a comment.
    #expect(Set(markers).isDisjoint(with: [0xE1, 0xED, 0xFE]))
  }

  /// Expects an MP4 of two tracks and nothing else: no tag but those of the muxer, no box but those that
  /// describe the streams.
  private static func expectNothing(
    in output: URL, secret: String, _ location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(
      try Data(contentsOf: output).range(of: text(secret)) == nil, sourceLocation: location)
    let tags = try runProcess(
      "ffprobe",
      [
        "-v", "error", "-show_entries", "format_tags:stream_tags:chapter:stream=codec_type", "-of",
        "flat", output.path(percentEncoded: false),
      ]
    ).outputText.split(separator: "\n").compactMap {
      $0.split(separator: "=").first?.split(separator: ".").last.map(String.init)
    }
    let muxers: Set = [
      "codec_type", "major_brand", "minor_version", "compatible_brands", "encoder", "language",
      "handler_name", "vendor_id",
    ]
    #expect(Set(tags).isSubset(of: muxers), sourceLocation: location)
    let tree = try MP4Tree(output)
    #expect(tree.tracks.count == 2, sourceLocation: location)
    let movie = tree.root.find("moov")?.children?.map(\.type) ?? []
    #expect(Set(movie).isSubset(of: ["mvhd", "trak", "udta"]), sourceLocation: location)
    for track in tree.tracks {
      let boxes = track.children?.map(\.type) ?? []
      #expect(Set(boxes).isSubset(of: ["tkhd", "edts", "mdia"]), sourceLocation: location)
    }
    // The time when it was made.
    #expect(tree.root.find("moov", "mvhd")?[number: 4] == 0, sourceLocation: location)
  }
}
