import Foundation
import Services
import TestSupport
import Testing
import VPrep

/// Whether the environment names a folder of real media.
let corpusIsNamed = ProcessInfo.processInfo.environment["VPREP_CORPUS"]?.isEmpty == false

/// Every file of a folder of real media, through every call that reads one.
@Suite("Real media", .enabled(if: corpusIsNamed))
struct CorpusTests {
  /// The media of the folder: whatever is no ground truth in writing.
  static let files: [Corpus.Entry] = {
    do {
      let entries = try Corpus.current?.entries ?? []
      return entries.filter { !["xml", "txt", "mat"].contains($0.url.pathExtension) }
    } catch {
      // The test below says so.
      return []
    }
  }()

  static let requests: [(provider: Provider, mode: ProviderMode?)] = [
    (.megvii, nil), (.tencent, .silent), (.tencent, .lip),
  ]

  /// Codes and measures that a file's form earns, whoever is in the picture.
  static let formCodes: Set<String> = [
    "LipVideoInvalid", "SilentTooShort", "LipSizeError", "LipVideoQuaility", "LipVoiceDetect",
    "LipVoiceLow", "LipMoveSmall", "VIDEO_INVALID_DURATION", "VIDEO_UNSUPPORTED_FORMAT",
    "BAD_ARGUMENTS:video",
  ]
  static let formMeasures: Set<String> = ["face.widthPixels", "face.interEyePixels"]

  @Test("is there")
  func manifest() throws {
    #expect(try Corpus.current?.entries.isEmpty == false)
  }

  @Test("is probed, or refused with a reason", arguments: files)
  func probe(file: Corpus.Entry) async throws {
    do throws(VPrepError) {
      let report = try await Self.gate(.megvii, nil).probe(.file(file.url.path)).report
      #expect(report.input.video.frames > 0)
      #expect(report.input.durationSeconds > 0)
    } catch {
      Self.expectReason(error)
      #expect(error.code == nil)
    }
  }

  @Test("is judged for each service, or refused with a reason", arguments: files)
  func check(file: Corpus.Entry) async throws {
    let labels = (file["condition"] ?? "").split(separator: ",")
    let isGood = labels.contains("ok") && file["faces"] == "1"
    for (provider, mode) in Self.requests {
      do throws(VPrepError) {
        let report = try await Self.gate(provider, mode).check(.file(file.url.path)).report
        guard let verdict = report.verdict else {
          Issue.record("there is no verdict")
          continue
        }
        #expect(TextReportTests.loggedErrors(about: report) == [])
        if isGood { #expect(Self.undeserved(verdict, file) == [], "\(provider) \(mode as Any?)") }
      } catch {
        Self.expectReason(error)
      }
    }
  }

  static func gate(_ provider: Provider, _ mode: ProviderMode?) -> Gate {
    var gate = Gate(Service(provider, mode: mode) ?? Service(provider))
    gate.runtime.timeLimit = 120
    return gate
  }

  static func expectReason(_ error: VPrepError) {
    guard case .unusableInput = error.kind else {
      Issue.record("\(error.kind): \(error)")
      return
    }
    #expect(!error.message.isEmpty && !error.stage.isEmpty)
  }

  /// What a good clip is predicted to fail for, and neither its form nor the manifest's own notes
  /// say why.
  static func undeserved(_ verdict: Verdict, _ file: Corpus.Entry) -> [String] {
    let notes = file["notes"] ?? ""
    return verdict.predictions.filter { $0.severity == .fail }.compactMap {
      (prediction) -> String? in
      let code = prediction.code.replacing("FailedOperation.", with: "")
      if formCodes.contains(code) || formMeasures.contains(prediction.measure) { return nil }
      if notes.contains("edge"), prediction.measure == "face.centerX" { return nil }
      if notes.contains("tilted"), prediction.measure == "face.roll" { return nil }
      return "\(code) \(prediction.measure)"
    }
  }
}
