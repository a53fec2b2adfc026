import TestSupport
import Testing

@testable import Services
@testable import VPrep

@Suite("The manifest's clips", .enabled(if: photoFacesAreMeasured))
struct ManifestTests {
  /// The clips of which the manifest says what must be predicted.
  static var judgedClips: [TestClip] {
    get throws { try TestClips.all.filter { !($0.check + $0.checkFaces).isEmpty } }
  }

  @Test("are judged as it says, in a text that is whole at every width", arguments: try judgedClips)
  func judgement(clip: TestClip) async throws {
    let files = clip.checkFaces.isEmpty ? ManifestReports.Reading.file : .fileBesideFaces
    for (expected, reading) in clip.check.map({ ($0, files) })
      + clip.checkFaces.map({ ($0, .faces) })
    {
      let request = "\(expected.provider) \(expected.mode ?? "") \(expected.arguments ?? [])"
      do {
        let report = try await ManifestReports.shared.report(clip, expected, reading: reading)
        let codes = (report.verdict?.predictions ?? []).map(\.code)
        #expect(expected.loggedErrors(about: codes) == [], "\(request)")
        let status = ExitStatus(report, strict: false).rawValue
        #expect(expected.exit == nil || expected.exit == status, "\(request)")
        #expect(TextReportTests.loggedErrors(about: report) == [], "\(request)")
      } catch let error as VPrepError {
        #expect(expected.exit == ExitStatus(error).rawValue, "\(request)")
      }
    }
  }

  /// Every service in each of its modes, asked for all that a request can ask for.
  private static let judges: [Judge] = Provider.allCases.flatMap { provider in
    let modes = provider.modes.isEmpty ? [nil] : provider.modes.map(ProviderMode?.some)
    return modes.flatMap { mode in
      [nil, [1], [3], [2, 1], [4, 3]].map { actions in
        Judge(
          Service(provider, mode: mode) ?? Service(provider),
          options: JudgeOptions(faceOcclusionDetection: true, actions: actions))
      }
    }
  }

  @Test(
    "fail for a face that is there in two frames and in a twentieth of them, whatever is asked",
    arguments: try judgedClips.filter { !$0.checkFaces.isEmpty && $0.probe.frames != nil })
  func presence(clip: TestClip) async throws {
    for expected in clip.checkFaces {
      let clip = try await ManifestReports.shared.measurements(clip, expected)
      for judge in Self.judges {
        for failure in judge.verdict(of: clip).predictions where failure.severity == .fail {
          let measure = try #require(Measure.named(failure.measure))
          guard [.faces, .motion].contains(measure.need), !measure.tellsPresence else { continue }
          let shown = clip.frames.count { frame in
            if case .frame = measure.reading, measure.value(in: frame) == nil { return false }
            return frame.face != nil
          }
          let least = max(2, 0.05 * Double(clip.frames.count))
          #expect(Double(shown) >= least, "\(failure.code) \(measure.name)")
        }
      }
    }
  }

  @Test("trigger every code that is predicted, and come close to it without triggering it")
  func everyCode() throws {
    let prefix = "FailedOperation."
    let clips = try TestClips.all.flatMap { $0.check + $0.checkFaces }
    let all = try clips + PhotoExpectation.all.flatMap { $0.checkPhoto ?? [] }
    let triggered = Set(all.flatMap(\.predicts))
    let missed = Set(all.flatMap { $0.nearMisses ?? [] })
    let predicted = CodeCatalog.codes.filter { $0.kind == .predict }.map {
      $0.code.hasPrefix(prefix) ? String($0.code.dropFirst(prefix.count)) : $0.code
    }
    #expect(predicted.count > 30)
    #expect(predicted.filter { !triggered.contains($0) } == [], "codes that no clip triggers")
    #expect(predicted.filter { !missed.contains($0) } == [], "codes without a near miss")
  }
}
