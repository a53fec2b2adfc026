import Foundation
import TestSupport
import Testing
import VPrep

@Suite("A probe")
struct ProbeTests {
  @Test("finds what the manifest says of a clip", arguments: try TestClips.videos)
  func facts(clip: TestClip) async throws {
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    let expected = clip.probe
    #expect(input.container == expected.container)
    #expect(input.video.codec == expected.codec)
    #expect(input.video.width == expected.width)
    #expect(input.video.height == expected.height)
    #expect(input.video.displayWidth == expected.displayWidth)
    #expect(input.video.displayHeight == expected.displayHeight)
    #expect(clockwise(input.video.rotation) == expected.rotation)
    if let frames = expected.frames { #expect(input.video.frames == frames) }
    if let variable = expected.variableFrameRate {
      #expect(input.video.variableFrameRate == variable)
    }
    #expect(input.video.hdr == (expected.hdr != nil))
    let transfers = ["hlg": "arib-std-b67", "pq": "smpte2084"]
    if let hdr = expected.hdr { #expect(input.video.transfer == transfers[hdr]) }
    #expect(input.audio?.codec == expected.audio)
    let duration = try #require(expected.durationSeconds)
    let tolerance = try #require(expected.durationTolerance)
    #expect(abs(input.video.durationSeconds - duration) <= tolerance)
  }

  @Test("agrees with ffprobe", arguments: try TestClips.videos)
  func agreesWithFfprobe(clip: TestClip) async throws {
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    let witness = try Ffprobe.probe(clip.url)
    let video = try #require(witness.video)
    #expect(input.video.frames == (try Ffprobe.countFrames(clip.url)))
    #expect(input.video.displayWidth == video.displaySize.width)
    #expect(input.video.displayHeight == video.displaySize.height)
    #expect(clockwise(input.video.rotation) == video.rotation)
    #expect(input.video.codec == video.codec)
    #expect(input.video.pixelFormat == video.pixelFormat)
    #expect(input.video.transfer == video.transfer ?? "unknown")
    #expect(input.audio?.codec == witness.audio?.codec)
    let size = try FileManager.default.attributesOfItem(atPath: clip.path)[.size] as? Int
    #expect(input.bytes == size)
    #expect(input.otherStreams.count == witness.streams.count - (witness.audio == nil ? 1 : 2))
  }

  @Test(
    "tells the true duration where the header has none or lies",
    arguments: ["false-duration", "webm-vp8", "cut-in-data"])
  func trueDuration(id: String) async throws {
    let clip = try TestClips.named(id)
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    let expected = try #require(clip.probe.durationSeconds)
    #expect(input.durationSource == .content)
    #expect(abs(input.durationSeconds - expected) <= 0.06)
    #expect(input.warnings.contains { $0.contains("header") })
  }

  @Test("takes the header's duration where the content agrees with it")
  func headerDuration() async throws {
    let clip = try TestClips.named("good-megvii")
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    #expect(input.durationSource == .header)
    #expect(input.durationSeconds == (try Ffprobe.probe(clip.url)).duration)
    #expect(input.warnings.isEmpty)
  }

  @Test("adds up the durations of fragments")
  func fragments() async throws {
    let clip = try TestClips.named("fragmented")
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    let expected = try #require(clip.probe.durationSeconds)
    #expect(abs(input.durationSeconds - expected) <= 0.06)
  }

  @Test("names the streams that are not judged")
  func otherStreams() async throws {
    let clip = try TestClips.named("extra-streams")
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    #expect(input.otherStreams.map(\.kind).sorted() == ["audio", "subtitle", "video"])
  }

  @Test("warns of damage", arguments: ["cut-in-data", "noise-in-data"])
  func damage(id: String) async throws {
    let clip = try TestClips.named(id)
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    #expect(!input.warnings.isEmpty)
  }

  @Test("tells interlaced pictures from whole ones")
  func interlaced() async throws {
    let gate = Gate(provider: .megvii)
    let clip = try TestClips.named("interlaced")
    #expect(try await gate.probe(.file(clip.path)).report.input.video.interlaced)
    let whole = try TestClips.named("good-megvii")
    #expect(try await !gate.probe(.file(whole.path)).report.input.video.interlaced)
  }

  @Test("judges, fits and shows nothing")
  func onlyProbes() async throws {
    let clip = try TestClips.named("good-megvii")
    let report = try await Gate(provider: .megvii).probe(.file(clip.path)).report
    #expect(report.measurements == nil && report.verdict == nil && report.fit == nil)
    #expect(report.previews.isEmpty)
    #expect(report.timing.probe != nil && report.timing.measure == nil)
  }

  @Test("counts bits over the whole file")
  func bitRate() async throws {
    let clip = try TestClips.named("good-megvii")
    let input = try await Gate(provider: .megvii).probe(.file(clip.path)).report.input
    let expected = Double(input.bytes) * 8 / input.durationSeconds
    #expect(abs(input.bitRate - expected) <= 1)
    #expect(abs(input.video.frameRate - 30) < 0.001)
  }
}

/// A rotation as the report has it, counter-clockwise, as the manifest has it: clockwise, 0–270.
func clockwise(_ rotation: Int) -> Int { ((-rotation % 360) + 360) % 360 }
