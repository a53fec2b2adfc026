import Foundation
import TestSupport
import Testing
import VPrep

/// What ffmpeg says of a stretch beside the clip that it was cut from.
struct CutWitness {
  let source: URL
  let output: URL
  let report: ReportDocument
  let fit: FitReport
  /// MD5 of every frame as it is stored, unturned.
  let before: [String]
  let after: [String]
  /// When they are shown.
  let timesBefore: [Double]
  let timesAfter: [Double]

  /// Cuts a clip with vprep.
  static func cut(
    _ source: URL, _ window: TimeWindow, _ provider: Provider = .megvii,
    in folder: borrowing TemporaryFolder
  ) async throws -> CutWitness {
    var gate = Gate(provider: provider)
    gate.fitting.window = window
    let output = folder.file("out.mp4")
    let report = try await gate.fit(
      .file(source.path(percentEncoded: false)), writingTo: output.path(percentEncoded: false)
    ).report
    return try CutWitness(source: source, output: output, report: report)
  }

  init(source: URL, output: URL, report: ReportDocument) throws {
    self.source = source
    self.output = output
    self.report = report
    fit = try #require(report.fit)
    before = try Ffprobe.frameDigests(source)
    after = try Ffprobe.frameDigests(output)
    timesBefore = try Ffprobe.frameTimes(source)
    timesAfter = try Ffprobe.frameTimes(output)
  }

  /// Indices of the source's frames that a stretch in seconds from the first one holds.
  func wished(_ window: TimeWindow) -> [Int] {
    let first = timesBefore.first ?? 0
    return timesBefore.indices.filter {
      let time = timesBefore[$0] - first
      return time >= window.start - 0.0005 && time < window.end - 0.0005
    }
  }

  /// Expects exactly the frames of a stretch, each at its time from zero on, and the copied ones bit for
  /// bit.
  ///
  /// - Parameter encoded: how many frames at the start and at the end may differ.
  func expectFrames(
    of window: TimeWindow, encoded: (head: Int, tail: Int) = (0, 0),
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    let wished = wished(window)
    #expect(after.count == wished.count, sourceLocation: location)
    #expect(timesAfter.count == wished.count, sourceLocation: location)
    guard after.count == wished.count, let first = wished.first else { return }
    for (index, frame) in wished.enumerated() {
      let time = timesBefore[frame] - timesBefore[first]
      #expect(abs(timesAfter[index] - time) <= 0.0011, "frame \(index)", sourceLocation: location)
    }
    let copied = encoded.head..<after.count - encoded.tail
    let changed = copied.filter { after[$0] != before[wished[$0]] }
    #expect(changed.isEmpty, "\(changed) are not the source's", sourceLocation: location)
    if encoded == (0, 0) { return }
    let size = (width: 64, height: 64)
    let (old, new) = (
      try Ffprobe.luma(source, width: size.width, height: size.height),
      try Ffprobe.luma(output, width: size.width, height: size.height)
    )
    for index in new.indices where index < wished.count {
      let difference = meanAbsoluteDifference(old[wished[index]], new[index])
      #expect(difference <= 1.5, "frame \(index)", sourceLocation: location)
    }
  }

  /// Expects a file that plays at once, hides nothing, and that ffmpeg decodes without a word.
  func expectSoundFile(_ location: SourceLocation = #_sourceLocation) throws {
    let inFront = try MP4Boxes.hasIndexInFront(output)
    #expect(inFront, sourceLocation: location)
    let loggedErrors = try Ffprobe.decodeErrors(output)
    #expect(loggedErrors.isEmpty, "\(loggedErrors)", sourceLocation: location)
    let all = try Ffprobe.frameDigests(output, ignoringEditLists: true)
    #expect(all == after, "an edit list hides pictures", sourceLocation: location)
    #expect(fit.output?.verified == true, sourceLocation: location)
    #expect(fit.output?.bytes == (try Data(contentsOf: output).count), sourceLocation: location)
  }

  /// Expects sound as far from the pictures as in the source, to within one frame.
  func expectSoundInStep(_ location: SourceLocation = #_sourceLocation) throws {
    let window = try #require(fit.window, sourceLocation: location)
    let wished = wished(TimeWindow(start: window.start, end: window.end))
    let begin = timesBefore[try #require(wished.first, sourceLocation: location)]
    let track = SoundTrack(
      try Ffprobe.sound(source, rate: SoundTrack.rate), from: begin)
    let kept = SoundTrack(
      try Ffprobe.sound(output, rate: SoundTrack.rate), from: timesAfter.first ?? 0)
    let seconds = window.end - window.start
    #expect(abs(kept.seconds - seconds) <= 0.06, sourceLocation: location)
    let lag = try #require(kept.lag(behind: track.prefix(seconds)), sourceLocation: location)
    #expect(abs(lag) <= 1.0 / 60, "\(lag) s", sourceLocation: location)
  }
}
