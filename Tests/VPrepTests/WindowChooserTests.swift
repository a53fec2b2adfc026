import Services
import Testing

@testable import VPrep

@Suite("The choice of what to keep")
struct WindowChooserTests {
  /// The stretch that is kept of a clip of 30 frames a second with a key frame every second.
  private func choose(
    _ timeline: JudgedTimeline, seconds: Double, bytes: Int = 1_000_000, group: Int = 30,
    maximumBytes: Int? = nil, window: TimeWindow? = nil
  ) -> WindowChoice? {
    planner(
      timeline, seconds: seconds, bytes: bytes, group: group, maximumBytes: maximumBytes,
      window: window
    ).keptWindow
  }

  private func planner(
    _ timeline: JudgedTimeline?, seconds: Double, bytes: Int = 1_000_000, group: Int = 30,
    maximumBytes: Int? = nil, window: TimeWindow? = nil, provider: Provider = .megvii,
    mode: ProviderMode? = nil, size: (width: Int, height: Int) = (480, 640)
  ) -> FitPlanner {
    var clip = ProbedClip.made(
      byteCount: bytes, seconds: seconds, width: size.width, height: size.height)
    let frames = Int(seconds * 30)
    clip.packets = .made(frames: frames, group: group) { _ in bytes * 9 / 10 / frames }
    let service =
      timeline?.judge.service ?? Service(provider, mode: mode) ?? Service(provider)
    return FitPlanner(
      clip: clip, limits: service.limits, maximumBytes: maximumBytes, window: window,
      policy: service.profile.window, timeline: timeline)
  }

  // MARK: - Megvii

  @Test("is the whole clip where it is no longer than recommended", arguments: [1.0, 2.4, 3.0])
  func shortEnough(seconds: Double) {
    #expect(choose(.made(seconds: seconds, .megvii), seconds: seconds) == nil)
  }

  @Test("avoids the seconds in which the face is turned, shut-eyed, blurred, dark or away")
  func avoidsFaults() throws {
    let faults: [(inout FrameMeasurement) -> Void] = [
      { $0.face?.yaw = 40 },
      {
        $0.face?.leftEyeOpen = 0.05
        $0.face?.rightEyeOpen = 0.05
      },
      { $0.face?.sharpness = 5 },
      {
        $0.face?.light.mean = 30; $0.face?.light.p95 = 60
      },
      {
        $0.face?.widthPixels = 60; $0.face?.interEyePixels = 25
      },
      { $0.loseFace() },
    ]
    for fault in faults {
      // Everything but seconds 5 to 8 is spoilt.
      let timeline = JudgedTimeline.made(seconds: 12, .megvii) {
        if !(5..<8).contains($0.time) { fault(&$0) }
      }
      let choice = try #require(choose(timeline, seconds: 12))
      #expect(choice.window == TimeWindow(start: 5, end: 8))
      #expect(!choice.why.isEmpty && choice.reason.contains("12.00 s"))
    }
  }

  /// A face that the rules fail for its size.
  private static func makeSmall(_ frame: inout FrameMeasurement) {
    frame.face?.widthPixels = 60
    frame.face?.interEyePixels = 25
  }

  @Test(
    "keeps a face, whatever is wrong with it, before an empty room",
    arguments: [0.0, 0.1, 0.3], [30, 150, 400])
  func emptyRoom(stray: Double, group: Int) throws {
    // The more is measured on a face, the more can be wrong with it; one seen in a stray frame is none.
    let timeline = JudgedTimeline.made(seconds: 12, .megvii) {
      if $0.time >= 6 {
        Self.makeSmall(&$0)
        $0.face?.yaw = 40
        $0.face?.light.mean = 30
        $0.face?.light.p95 = 60
      } else if $0.time.truncatingRemainder(dividingBy: 1) >= stray {
        $0.loseFace()
      }
    }
    let window = try #require(choose(timeline, seconds: 12, group: group)).window
    // A good face before the others may be kept along with them, not the room without one.
    #expect(window.start >= (stray > 0 ? 4.9 : 5.9), "\(window)")
  }

  @Test("is no empty room for the sake of a recommendation, however little it predicts")
  func emptyRoomOfAcceptedLength() {
    // Key frames at 0 and 3 s: only the empty half can be copied by itself.
    let timeline = JudgedTimeline.made(seconds: 5, .megvii) {
      if $0.time < 3 { $0.loseFace() } else { Self.makeSmall(&$0) }
    }
    #expect(choose(timeline, seconds: 5, group: 90)?.window.start != 0)
  }

  @Test("is the middle of a clip that is equally good throughout")
  func middle() throws {
    let choice = try #require(choose(.made(seconds: 11, .megvii), seconds: 11))
    #expect(choice.window == TimeWindow(start: 4, end: 7))
  }

  @Test("lies between key frames unless the verdict elsewhere is better")
  func keyFrames() throws {
    // Key frames at 0, 5 and 10 s.
    let even = try #require(choose(.made(seconds: 12, .megvii), seconds: 12, group: 150))
    #expect(even.window == TimeWindow(start: 5, end: 8))
    // Only between key frames is there a face at all.
    let rare = JudgedTimeline.made(seconds: 12, .megvii) {
      if !(2..<5).contains($0.time) { $0.loseFace() }
    }
    let free = try #require(choose(rare, seconds: 12, group: 150)).window
    #expect(free.start > 0 && free.start < 5 && free.duration <= 3)
    #expect(rare.verdict(free).predictions.isEmpty)
    #expect(!rare.verdict(TimeWindow(start: 0, end: 3)).predictions.isEmpty)
  }

  @Test("shortens a clip of an accepted length only by copying and for a better verdict")
  func recommendedLength() throws {
    let choice = try #require(choose(.made(seconds: 5, .megvii), seconds: 5))
    #expect(choice.window == TimeWindow(start: 1, end: 4))
    #expect(choice.reason.contains("recommends"))
    // One key frame, and that at a face that turns away: no copy is judged better.
    let turned = JudgedTimeline.made(seconds: 5, .megvii) { if $0.time < 3 { $0.loseFace() } }
    #expect(choose(turned, seconds: 5, group: 150) == nil)
  }

  @Test("takes fewer seconds where more would not fit into the limit by copying")
  func size() throws {
    let timeline = JudgedTimeline.made(seconds: 10, .megvii)
    let choice = try #require(
      choose(timeline, seconds: 10, bytes: 10_000_000, maximumBytes: 2_500_000))
    #expect((2.0...2.5).contains(choice.window.duration))
    let plan = planner(
      timeline, seconds: 10, bytes: 10_000_000, maximumBytes: 2_500_000
    ).plan()
    guard case .trim(let cut, nil) = plan.action else {
      Issue.record("\(plan.action)")
      return
    }
    #expect(cut.isPlain && cut.bytes <= 2_500_000)
  }

  @Test("is made by light alone where faces were not measured")
  func withoutFaces() throws {
    let timeline = JudgedTimeline.made(seconds: 12, .megvii, facesMeasured: false)
    let window = try #require(choose(timeline, seconds: 12)).window
    #expect((1...3).contains(window.duration))
  }

  @Test("is the caller's, and none where the caller keeps all")
  func callerWins() throws {
    let timeline = JudgedTimeline.made(seconds: 12, .megvii)
    let asked = TimeWindow(start: 0.5, end: 9)
    #expect(choose(timeline, seconds: 12, window: asked)?.window == asked)
    let all = TimeWindow(start: 0, end: .infinity)
    #expect(choose(timeline, seconds: 12, bytes: 30_000_000, window: all) == nil)
  }

  // MARK: - Tencent

  @Test("leaves a silent clip whole as long as the bytes carry its pictures")
  func silent() throws {
    let timeline = JudgedTimeline.made(seconds: 10, .tencent, mode: .silent)
    #expect(choose(timeline, seconds: 10, bytes: 30_000_000) == nil)
    #expect(choose(timeline, seconds: 10, bytes: 30_000_000, maximumBytes: 500_000) == nil)
    let choice = try #require(
      choose(timeline, seconds: 10, bytes: 30_000_000, maximumBytes: 120_000))
    #expect(choice.window.duration > 2 && choice.window.duration < 10)
    let least = try #require(
      choose(timeline, seconds: 10, bytes: 30_000_000, maximumBytes: 5_000))
    #expect(least.window.duration > 2)
  }

  @Test("never loses speech: all that is said with a margin, about six seconds")
  func lip() throws {
    let voiced = [TimeWindow(start: 4.2, end: 6), TimeWindow(start: 6.4, end: 8.1)]
    let timeline = JudgedTimeline.made(seconds: 14, .tencent, mode: .lip, voiced: voiced)
    let window = try #require(choose(timeline, seconds: 14)).window
    #expect(window.start <= 3.7 && window.end >= 8.6)
    #expect((6...8).contains(window.duration))
    let long = [TimeWindow(start: 1, end: 12)]
    let talker = JudgedTimeline.made(seconds: 14, .tencent, mode: .lip, voiced: long)
    let whole = try #require(choose(talker, seconds: 14)).window
    #expect(whole.start <= 0.5 && whole.end >= 12.5)
    // Nothing said: nothing to go by.
    #expect(choose(.made(seconds: 14, .tencent, mode: .lip), seconds: 14) == nil)
    // Of the right length.
    let right = JudgedTimeline.made(seconds: 6, .tencent, mode: .lip, voiced: [voiced[0]])
    #expect(choose(right, seconds: 6) == nil)
  }

  @Test("never loses an action: only a still scene without a face goes, and only for the size")
  func action() throws {
    let timeline = JudgedTimeline.made(seconds: 12, .tencent, mode: .action) {
      guard !(4..<9).contains($0.time) else { return }
      $0.loseFace()
      // Someone comes into the picture in the fourth second.
      $0.difference = $0.time >= 3 && $0.time < 4 ? 6 : 0.2
    }
    #expect(choose(timeline, seconds: 12) == nil)
    let window = try #require(choose(timeline, seconds: 12, bytes: 9_000_000)).window
    #expect(window == TimeWindow(start: 2, end: 9.4))
    let busy = JudgedTimeline.made(seconds: 12, .tencent, mode: .action)
    #expect(choose(busy, seconds: 12, bytes: 9_000_000) == nil)
  }

  // MARK: - What must be known

  @Test("asks for what the clip shows only where it may be shortened")
  func needsTimeline() {
    let rows: [(Double, Int, Provider, ProviderMode?, Bool)] = [
      (2, 30_000_000, .megvii, nil, false), (5, 1_000_000, .megvii, nil, false),
      (5, 30_000_000, .megvii, nil, true), (12, 1_000_000, .megvii, nil, true),
      (10, 30_000_000, .tencent, .silent, false), (10, 7_000_000, .tencent, .action, true),
      (14, 1_000_000, .tencent, .lip, true), (10, 1_000_000, .tencent, .lip, false),
    ]
    for (seconds, bytes, provider, mode, needed) in rows {
      let one = planner(nil, seconds: seconds, bytes: bytes, provider: provider, mode: mode)
      #expect(one.needsTimeline == needed, "\(seconds) s, \(bytes) bytes, \(provider)")
      #expect(one.keptWindow == nil)
    }
    // Fewer pixels may be too few for the face in them.
    for window in [nil, TimeWindow(start: 0, end: .infinity)] {
      let small = planner(
        nil, seconds: 3, bytes: 30_000_000, maximumBytes: 100_000, window: window,
        size: (1080, 1920))
      #expect(small.needsTimeline)
    }
    let asked = planner(
      nil, seconds: 12, window: TimeWindow(start: 1, end: 2), provider: .megvii)
    #expect(!asked.needsTimeline)
  }
}
