internal import Foundation
internal import VPrep

/// Clips and photos through the calls that a caller makes.
enum ClipTargets {
  /// A check takes every way of measuring in turn, chosen by the input itself.
  static func check(_ bytes: [UInt8]) {
    let choice = bytes.count % 6
    var gate = gate(choice)
    gate.judging.isExhaustive = choice > 3
    gate.reporting.includesTimeline = choice > 3
    let clip = Clip.bytes(bytes, name: "input")
    _ = answer(gate, .probe, clip)
    _ = answer(gate, .check, clip)
  }

  /// A fit to limits and stretches in turn: what is written is within its limit and called
  /// verified, and nothing lies beside it.
  static func fit(_ bytes: [UInt8]) {
    let choice = bytes.count % 5
    var gate = gate(choice)
    gate.fitting.maximumBytes = [nil, 12_000, nil, 9_000, 7_000][choice]
    gate.fitting.window = choice > 1 ? TimeWindow(start: 0.3, end: 1.7) : nil
    let folder = FileManager.default.temporaryDirectory.appending(path: "vprep-fuzz-\(getpid())")
    try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let output = folder.appending(path: "out.mp4").path
    let report = answer(gate, .fit(path: output), .bytes(bytes, name: "input"))
    let left = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    expect(left == (report == nil ? [] : ["out.mp4"]), "the folder holds \(left)")
    if let written = report?.fit?.output {
      expect(written.verified, "the output is not verified")
      let limit = gate.fitting.maximumBytes ?? .max
      expect(written.bytes <= limit, "\(written.bytes) bytes instead of \(limit)")
    }
    try? FileManager.default.removeItem(at: folder)
  }

  /// A photo with a sound clip, which is the second input of the command line.
  static func photo(_ bytes: [UInt8]) {
    guard let soundClip else { fatalError("VPREP_FUZZ_CLIP names no clip") }
    var gate = gate(1)
    gate.judging.photo = .bytes(bytes, name: "photo")
    _ = answer(gate, .check, soundClip)
  }

  private static let soundClip = ProcessInfo.processInfo.environment["VPREP_FUZZ_CLIP"]
    .flatMap { FileManager.default.contents(atPath: $0) }.map {
      Clip.bytes(Array($0), name: "clip")
    }

  /// Opening the networks takes longer than most inputs do.
  private static let place = CallExecution.here(CallEngines())

  private static func gate(_ choice: Int) -> Gate {
    var gate =
      switch choice {
      case 0, 4: Gate(.megvii)
      case 1: Gate(.tencent(.silent))
      case 2: Gate(.tencent(.lip))
      default: Gate(.tencent(.action))
      }
    gate.runtime.codecThreads = 1
    return gate
  }

  /// The report of a call, which can be written as JSON; `nil` where the input was refused.
  private static func answer(_ gate: Gate, _ call: Gate.Call, _ clip: Clip) -> ReportDocument? {
    do throws(VPrepError) {
      let report = try place.call(gate, call, on: clip, cancellation: Cancellation())
      expectNoError { try report.json(pretty: false) }
      return report
    } catch {
      expect(!error.message.isEmpty && !error.message.contains("\n"), "the message is no sentence")
      return nil
    }
  }
}
