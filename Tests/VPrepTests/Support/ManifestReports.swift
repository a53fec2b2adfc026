import MediaIO
import TestSupport

@testable import FaceModel
@testable import Services
@testable import VPrep

/// The reports on the clips of `TestVideos/manifest.json`; a clip is measured once for all requests
/// that sample it alike.
actor ManifestReports {
  static let shared = ManifestReports()

  /// What an expectation is about.
  enum Reading {
    /// The file alone: no face is looked for.
    case file
    /// The file, in a report that has the faces for another expectation.
    case fileBesideFaces
    /// The faces.
    case faces
  }

  private struct Measured {
    let report: ReportDocument
    let measurements: ClipMeasurements
  }

  private var measured: [String: Task<Measured, any Error>] = [:]

  /// What `check` says of a clip to the request that is expected.
  ///
  /// Without faces a clip is sampled as for any mode: only what shows in faces needs more frames.
  ///
  /// Throws the `VPrepError` of a clip that cannot be used.
  func report(
    _ clip: TestClip, _ expected: ClipExpectation, reading: Reading
  ) async throws -> ReportDocument {
    let service = try Self.service(expected)
    let found = try await measured(clip, service, reading: reading)
    var report = found.report
    report.verdict = Judge(service, options: try Self.options(expected.arguments ?? []))
      .verdict(of: found.measurements)
    return report
  }

  /// What is measured of a clip for the request that is expected, faces too.
  func measurements(
    _ clip: TestClip, _ expected: ClipExpectation
  ) async throws -> ClipMeasurements {
    try await measured(clip, try Self.service(expected), reading: .faces).measurements
  }

  private static func service(_ expected: ClipExpectation) throws -> Service {
    let provider = try VPrepTests.measured(Provider(rawValue: expected.provider), "the provider")
    let mode = expected.mode.flatMap(ProviderMode.init(rawValue:))
    return Service(provider, mode: mode) ?? Service(provider)
  }

  private func measured(
    _ clip: TestClip, _ service: Service, reading: Reading
  ) async throws -> Measured {
    let rate = reading == .faces ? Sampler.rate(for: service.profile.needs) : Sampler.defaultRate
    let models = reading == .file ? nil : ModelStore()
    let key = "\(rate) \(reading == .file) \(clip.path)"
    let task = measured[key] ?? Task.detached { try Self.measure(clip.path, models, rate: rate) }
    measured[key] = task
    return try await task.value
  }

  private static func measure(
    _ path: String, _ models: ModelStore?, rate: Double
  ) throws(VPrepError) -> Measured {
    let limits = InputLimits()
    let input = try VPrepError.wrapping { () throws(MediaError) in
      try MediaInput(.file(path), limits: limits)
    }
    let result = try MeasuringPass(
      input: input, limits: limits, watchdog: Watchdog(seconds: 300),
      engines: FaceEnginePool(models)
    ).run(Sampling(rate: rate, threads: limits.threads)).whole
    var report = ReportDocument(
      ClipInfo(result.clip, md5: ""), timing: CallTiming())
    report.measured = MeasuredReport(
      MeasurementSummary(result.measurements), timeline: nil)
    return Measured(report: report, measurements: result.measurements)
  }

  /// The judge's options for the command's arguments.
  static func options(_ arguments: [String]) throws -> JudgeOptions {
    var options = JudgeOptions()
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      switch argument {
      case "--face-occlusion-detection": options.faceOcclusionDetection = true
      case "--actions":
        options.actions = rest.popFirst()?.split(separator: ",").compactMap { Int($0) }
      case "--bandwidth": options.bandwidth = rest.popFirst().flatMap(Double.init)
      default: throw NotMeasured(name: "the manifest's argument \(argument)")
      }
    }
    return options
  }
}
