import Kernels
import Services
import Testing

@testable import MediaIO
@testable import VPrep

@Suite("A plan for a fit")
struct FitPlannerTests {
  /// A clip, who is asked, and the means that must be chosen.
  struct Row: CustomStringConvertible, Sendable {
    let description: String
    let clip: ProbedClip
    let megvii: Means
    let tencent: Means
    var window: TimeWindow?

    init(
      _ description: String, _ clip: ProbedClip, megvii: Means, tencent: Means,
      window: TimeWindow? = nil
    ) {
      self.description = description
      self.clip = clip
      self.megvii = megvii
      self.tencent = tencent
      self.window = window
    }
  }

  enum Means { case passthrough, remux, trim, encodeAudio, transcode }

  static let table = [
    Row("a plain MP4", .made(), megvii: .passthrough, tencent: .passthrough),
    Row("an MP4 without sound", .made(sound: nil), megvii: .passthrough, tencent: .passthrough),
    Row("a FLV", .made(container: .flv), megvii: .passthrough, tencent: .passthrough),
    Row(
      "an MP4 whose index stands at its end", .made(hasTrailingIndex: true), megvii: .remux,
      tencent: .remux),
    Row(
      "an MP4 whose header lies", .made(durationSource: .content), megvii: .remux,
      tencent: .remux),
    Row("a Matroska", .made(container: .matroska), megvii: .passthrough, tencent: .remux),
    Row("a MOV", .made(container: .mov), megvii: .passthrough, tencent: .remux),
    Row(
      "HEVC in a MOV", .made(container: .mov, codec: .hevc), megvii: .passthrough,
      tencent: .transcode),
    Row(
      "a WebM without a duration",
      .made(container: .webm, codec: .vp8, sound: .opus, durationSource: .content),
      megvii: .passthrough, tencent: .transcode),
    Row(
      "sound that the provider may not know", .made(sound: .mp3), megvii: .passthrough,
      tencent: .encodeAudio),
    Row("a damaged clip", .made(isDamaged: true), megvii: .transcode, tencent: .transcode),
    Row(
      "a stretch of a plain MP4", .made(), megvii: .transcode, tencent: .transcode,
      window: TimeWindow(start: 0.5, end: 2)),
    Row(
      "a stretch between key frames", cuttable(), megvii: .trim, tencent: .trim,
      window: TimeWindow(start: 1, end: 2)),
    Row(
      "a stretch that begins between key frames", cuttable(), megvii: .trim, tencent: .trim,
      window: TimeWindow(start: 0.8, end: 3)),
    Row(
      "a stretch without a key frame", cuttable(), megvii: .transcode, tencent: .transcode,
      window: TimeWindow(start: 1.1, end: 1.9)),
    Row(
      "a stretch of a large clip", cuttable(byteCount: 21_000_000), megvii: .trim,
      tencent: .transcode, window: TimeWindow(start: 1, end: 2)),
    Row(
      "a stretch with sound that the provider may not know", cuttable(sound: .mp3),
      megvii: .trim, tencent: .trim, window: TimeWindow(start: 1, end: 2)),
    Row(
      "a stretch of HEVC between key frames", cuttable(codec: .hevc), megvii: .trim,
      tencent: .transcode, window: TimeWindow(start: 1, end: 2)),
    Row(
      "a stretch of HEVC that begins between key frames", cuttable(codec: .hevc),
      megvii: .transcode, tencent: .transcode, window: TimeWindow(start: 0.8, end: 3)),
    Row(
      "a stretch of a damaged clip", cuttable(isDamaged: true), megvii: .transcode,
      tencent: .transcode, window: TimeWindow(start: 1, end: 2)),
    Row(
      "a stretch that holds the whole clip", cuttable(), megvii: .passthrough,
      tencent: .passthrough, window: TimeWindow(start: 0, end: 9)),
    Row(
      "7 MB", .made(byteCount: 7_000_000), megvii: .passthrough, tencent: .transcode),
    Row("6 MB", .made(byteCount: 6_000_000), megvii: .passthrough, tencent: .passthrough),
    Row(
      "6 MB and a byte", .made(byteCount: 6_000_001), megvii: .passthrough, tencent: .transcode),
    Row("20 MB", .made(byteCount: 20_000_000), megvii: .passthrough, tencent: .transcode),
    Row(
      "20 MB and a byte", .made(byteCount: 20_000_001), megvii: .transcode, tencent: .transcode),
  ]

  @Test("takes the cheapest means that satisfies every limit", arguments: table)
  func cheapestMeans(row: Row) {
    for (provider, means) in [(Provider.megvii, row.megvii), (.tencent, row.tencent)] {
      let plan = FitPlanner(
        clip: row.clip, limits: Service(provider).limits, maximumBytes: nil, window: row.window
      ).plan()
      #expect(Self.means(plan) == means, "for \(provider)")
      #expect(!plan.reasons.isEmpty)
      #expect(plan.window == (means == .passthrough ? nil : row.window))
      #expect(plan.byteBudget <= Service(provider).limits.maximumBytes)
    }
  }

  /// Three seconds with a key frame at the start of each.
  private static func cuttable(
    byteCount: Int = 1_000_000, codec: CodecName = .h264, sound: CodecName = .aac,
    isDamaged: Bool = false
  ) -> ProbedClip {
    var clip = ProbedClip.made(
      byteCount: byteCount, codec: codec, sound: sound, isDamaged: isDamaged)
    clip.packets = .made(frames: 90, group: 30) { _ in byteCount / 100 }
    return clip
  }

  private static func means(_ plan: FitPlan) -> Means {
    switch plan.action {
    case .passthrough: .passthrough
    case .remux: .remux
    case .trim: .trim
    case .encodeAudio: .encodeAudio
    case .transcode: .transcode
    }
  }

  @Test("lists every reason to change the clip, the size first")
  func reasons() {
    let clip = ProbedClip.made(
      container: .mov, byteCount: 9_000_000, codec: .hevc, isDamaged: true)
    let reasons = plan(clip, .tencent).reasons
    #expect(reasons.count == 4)
    #expect(reasons[0].contains("9000000") && reasons[0].contains("6000000"))
    #expect(reasons[1].contains("mov") && reasons[1].contains("MP4, AVI, FLV"))
    #expect(reasons[2].contains("hevc"))
    #expect(reasons[3].contains("damaged"))
  }

  @Test("aims below the limit and below the source")
  func budget() {
    #expect(plan(.made(byteCount: 9_000_000), .tencent).byteBudget == 6_000_000)
    #expect(plan(.made(byteCount: 9_000_000), .tencent, maximumBytes: 7000).byteBudget == 7000)
    let small = ProbedClip.made(container: .webm, byteCount: 50_000, codec: .vp8, sound: .opus)
    #expect(plan(small, .tencent).byteBudget == 50_000)
    let target = target(small, budget: 50_000)
    let bytes = Double(target.videoBytes) + Double(target.audioBitRate) / 8 * target.duration
    #expect(bytes < 50_000)
  }

  @Test(
    "gives H.264 the bytes that it needs for what a better codec held, within the provider's limit",
    arguments: [
      (CodecName.hevc, 1.7...2.2), (.av1, 1.7...2.2), (.vp9, 1.3...2), (.vp8, 1...1),
    ])
  func budgetOfBetterCodecs(codec: CodecName, factor: ClosedRange<Double>) {
    let clip = ProbedClip.made(container: .webm, byteCount: 300_000, codec: codec, sound: .opus)
    // A tenth of the made clip is sound and index, which stay as they are.
    let low = Int((0.1 + 0.9 * factor.lowerBound) * 300_000)
    let high = Int((0.1 + 0.9 * factor.upperBound) * 300_000) + 1
    #expect((low...high).contains(plan(clip, .tencent).byteBudget))
    let large = ProbedClip.made(container: .webm, byteCount: 5_000_000, codec: codec)
    #expect(plan(large, .tencent).byteBudget <= 6_000_000)
    #expect(plan(large, .tencent, maximumBytes: 100_000).byteBudget == 100_000)
  }

  @Test(
    "drops no pixel of a clip that had few bits itself",
    arguments: [CodecName.hevc, .vp9, .av1, .h264])
  func keepsPixels(codec: CodecName) {
    // 0.013 bits a pixel, as phones' chat programs write them.
    let clip = ProbedClip.made(
      container: .mov, byteCount: 300_000, codec: codec, width: 1080, height: 1920,
      isDamaged: true)
    guard case .transcode(let target) = plan(clip, .tencent).action else {
      Issue.record("not encoded")
      return
    }
    #expect([target.width, target.height] == [1080, 1920])
  }

  @Test("shrinks a picture no further than its face allows, and not at all where it is too small")
  func keepsFace() {
    let clip = ProbedClip.made(byteCount: 30_000_000, seconds: 10, width: 1080, height: 1920)
    // The rules warn below 150 pixels of face and 70 between the eyes, and fail below 80 and 35.
    for (face, eyes, least) in [
      (600.0, 280.0, 480), (288.0, 140.0, 563), (288.0, 100.0, 756), (120.0, 60.0, 720),
      (70.0, 30.0, 1080),
    ] {
      let timeline = JudgedTimeline.made(seconds: 10, .megvii) {
        $0.face?.widthPixels = face
        $0.face?.interEyePixels = eyes
      }
      let planner = FitPlanner(
        clip: clip, limits: Service.megvii.limits, maximumBytes: nil, window: nil,
        timeline: timeline)
      let width = planner.target(budget: 60_000, duration: 10).width
      #expect(width >= least && width <= min(1080, least * 23 / 20), "\(face): \(width)")
    }
  }

  @Test("names the documented limits that no fit can meet, and only those")
  func unmet() throws {
    let silent = Judge(.tencent(.silent))
    func plan(
      _ clip: ProbedClip, _ recipient: Judge, window: TimeWindow? = nil
    ) -> FitPlan {
      FitPlanner(
        clip: clip, limits: recipient.service.limits,
        maximumBytes: nil, window: window, recipient: recipient
      ).plan()
    }
    for seconds in [0.4, 1.5, 2.0] {
      let short = plan(.made(seconds: seconds), silent)
      #expect(short.unmet.map(\.code) == ["FailedOperation.SilentTooShort"])
      #expect(short.reasons.count == 1 && short.reasons[0].contains("SilentTooShort"))
    }
    // The caller's own stretch may be too short as well.
    let cut = plan(.made(seconds: 5), silent, window: TimeWindow(start: 1, end: 2))
    #expect(cut.unmet.count == 1)
    #expect(cut.reasons.contains { $0.contains("SilentTooShort") })
    // What a fit mends, and what no document says.
    #expect(plan(.made(container: .mov, byteCount: 30_000_000), silent).unmet.isEmpty)
    #expect(plan(.made(seconds: 3, width: 120, height: 160), silent).unmet.isEmpty)
    for other in [
      Judge(.megvii),
      Judge(.tencent(.action)),
    ] {
      #expect(plan(.made(seconds: 1.5), other).unmet.isEmpty)
    }
  }

  @Test("keeps the size where the rate is enough, and is even and upright")
  func keepsSize() {
    let rich = 4_000_000
    #expect(size(.made(byteCount: rich)) == [480, 640])
    let sideways = Orientation(quarterTurns: 1, mirrored: false)
    #expect(size(.made(width: 640, height: 480, orientation: sideways)) == [480, 640])
    #expect(size(.made(width: 321, height: 433)) == [320, 432])
    #expect(size(.made(width: 360, height: 640, sampleAspect: Rational(4, 3))) == [480, 640])
  }

  @Test("shrinks a large picture as its bits get fewer, never below 480×640 or the source")
  func shrinks() {
    let large = ProbedClip.made(byteCount: 30_000_000, seconds: 10, width: 1080, height: 1920)
    let sizes = [6_000_000, 3_000_000, 1_500_000, 500_000, 100_000].map {
      target(large, budget: $0)
    }
    for (larger, smaller) in zip(sizes, sizes.dropFirst()) {
      #expect(smaller.width <= larger.width && smaller.height <= larger.height)
      #expect(smaller.videoBytes < larger.videoBytes)
    }
    for size in sizes {
      #expect(size.width >= 480 && size.height >= 640)
      #expect(size.width % 2 == 0 && size.height % 2 == 0)
      let shape = Double(size.width) / Double(size.height)
      #expect(abs(shape - 1080.0 / 1920) < 0.004)
    }
    let small = ProbedClip.made(width: 360, height: 480)
    let least = target(small, budget: 10_000)
    #expect(least.width == 360 && least.height == 480)
  }

  @Test("leaves speech its bits, and takes none where there is no sound")
  func soundRate() {
    #expect(target(.made(), budget: 4_000_000).audioBitRate == 96_000)
    #expect(target(.made(channels: 2), budget: 4_000_000).audioBitRate == 128_000)
    #expect(target(.made(), budget: 20_000).audioBitRate == 24_000)
    #expect(target(.made(sound: nil), budget: 4_000_000).audioBitRate == 0)
  }

  @Test("encodes what could not be copied, and says why")
  func insteadOfCopy() {
    let clip = ProbedClip.made(container: .matroska)
    let planner = FitPlanner(
      clip: clip, limits: Service(.tencent).limits, maximumBytes: nil, window: nil)
    let second = planner.transcodeInstead(of: planner.plan(), because: "it will not do")
    #expect(Self.means(second) == .transcode)
    #expect(second.reasons.last == "it will not do")
    #expect(second.byteBudget == clip.byteCount)
  }

  private func plan(
    _ clip: ProbedClip, _ provider: Provider, maximumBytes: Int? = nil
  ) -> FitPlan {
    FitPlanner(
      clip: clip, limits: Service(provider).limits, maximumBytes: maximumBytes, window: nil
    ).plan()
  }

  private func target(_ clip: ProbedClip, budget: Int) -> TranscodeTarget {
    FitPlanner(clip: clip, limits: Service(.tencent).limits, maximumBytes: nil, window: nil)
      .target(budget: budget, duration: clip.duration)
  }

  private func size(_ clip: ProbedClip) -> [Int] {
    let target = target(clip, budget: 4_000_000)
    return [target.width, target.height]
  }
}
