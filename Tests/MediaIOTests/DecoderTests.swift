import Foundation
import TestSupport
import Testing

@testable import MediaIO

@Suite("The decoders")
struct DecoderTests {
  @Test("count no more frames than they are allowed")
  func frameLimit() throws {
    let clip = try TestClips.named("matroska")
    let count = try #require(clip.probe.frames)
    var limits = InputLimits()
    limits.frames = count
    var frames = 0
    try withFrames(of: clip.url, limits: limits) { _ in
      frames += 1
      return true
    }
    #expect(frames == count)
    limits.frames = count - 1
    let error = #expect(throws: MediaError.self) {
      try withFrames(of: clip.url, limits: limits) { _ in true }
    }
    #expect(error?.cause == .limitExceeded)
    #expect(error?.stage == .decode)
  }

  @Test(
    "give planar YUV at the times of presentation",
    arguments: ["b-frames", "hdr-hlg", "chroma-422", "full-range", "avi-mjpeg"])
  func frames(id: String) throws {
    let clip = try TestClips.named(id)
    var times: [Double] = []
    var depths: Set<Int> = []
    var ranges: Set<Bool> = []
    var sizes: Set<[Int]> = []
    try withFrames(of: clip.url) { frame in
      times.append(frame.time)
      depths.insert(frame.layout.bitDepth)
      ranges.insert(frame.color.isFullRange)
      sizes.insert([frame.width, frame.height])
      return true
    }
    let expected = try Ffprobe.frameTimes(clip.url)
    try #require(times.count == expected.count)
    #expect(zip(times, expected).allSatisfy { abs($0 - $1) < 1e-4 })
    #expect(sizes == [[clip.probe.width ?? 0, clip.probe.height ?? 0]])
    #expect(depths == [clip.probe.hdr == nil ? 8 : 10])
    #expect(ranges == [["full-range", "avi-mjpeg"].contains(id)])
  }

  @Test("let a picture without a time follow the one before it")
  func noTime() throws {
    let folder = try TemporaryFolder()
    let file = folder.file("clip.mkv")
    // The twentieth picture lies years away, which is no time of a clip.
    try Ffprobe.make(
      ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=10:duration=4", "-c:v", "libx264"]
        + ["-pix_fmt", "yuv420p", "-tune", "zerolatency"]
        + ["-bsf:v", "setts=ts=if(eq(N\\,19)\\,1e12\\,TS)", file.path(percentEncoded: false)])
    var times: [Double] = []
    try withFrames(of: file) { frame in
      times.append(frame.time)
      return true
    }
    #expect(times.count == 40)
    #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(times[19] - 1.9) < 0.01)
  }

  @Test("skip what is damaged, count it, and go on")
  func damage() throws {
    let clip = try TestClips.named("noise-in-data")
    let input = try MediaInput(.file(clip.path), limits: InputLimits())
    var demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    var decoder = try VideoDecoder(demuxer, limits: InputLimits())
    let packet = try newPacket()
    while try demuxer.next(into: packet) {
      guard packet.streamIndex == demuxer.video?.index else { continue }
      try decoder.send(packet)
      while try decoder.receive() != nil {}
    }
    decoder.sendEnd()
    while try decoder.receive() != nil {}
    let (errors, frames) = (decoder.errors, decoder.frames)
    #expect(errors > 0)
    #expect(frames > 45)
  }

  @Test(
    "hear every sample that ffmpeg hears",
    arguments: ["good-megvii", "webm-vp9", "mpeg-ps", "avi-mjpeg", "asf", "mp3-in-mp4", "hevc"])
  func sound(id: String) throws {
    let clip = try TestClips.named(id)
    let input = try MediaInput(.file(clip.path), limits: InputLimits())
    var demuxer = try Demuxer(input, limits: InputLimits(), watchdog: Watchdog(seconds: 60))
    let opened = try AudioDecoder(demuxer)
    guard var decoder = opened else {
      Issue.record("no sound decoder")
      return
    }
    let rate = demuxer.audio?.sampleRate
    let packet = try newPacket()
    var samples: [Float] = []
    func drain(_ decoder: inout AudioDecoder) throws {
      while try decoder.receive() {
        let block = try decoder.interleavedFloats()
        #expect(block.sampleRate == rate)
        samples += stride(from: 0, to: block.samples.count, by: block.channels).map {
          block.samples[$0]
        }
      }
    }
    while try demuxer.next(into: packet) {
      guard packet.streamIndex == demuxer.audio?.index else { continue }
      decoder.send(packet)
      try drain(&decoder)
    }
    decoder.sendEnd()
    try drain(&decoder)
    let counted = decoder.samples
    #expect(counted == samples.count)
    let expected = try expectedSamples(clip.url)
    try #require(samples.count == expected.count)
    let worst = zip(samples, expected).map { abs($0 - $1) }.max() ?? 1
    #expect(worst < 1e-4)
  }

  /// The first channel as ffmpeg decodes it.
  private func expectedSamples(_ url: URL) throws -> [Float] {
    let result = try runProcess(
      "ffmpeg",
      [
        "-nostdin", "-v", "error", "-i", url.path, "-map", "0:a:0", "-af", "pan=mono|c0=c0", "-f",
        "f32le", "-",
      ])
    let bytes = [UInt8](result.output)
    return stride(from: 0, to: bytes.count - 3, by: 4).map { at in
      let bits = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << (8 * UInt32($1)) }
      return Float(bitPattern: bits)
    }
  }
}
