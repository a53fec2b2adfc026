public import FoundationEssentials
internal import FaceModel
internal import Kernels
internal import Services

extension ReportDocument {
  /// A document that knows what the clip is and nothing more.
  init(_ clip: ClipInfo, timing: CallTiming) {
    self.init(
      schema: Self.currentSchema, tool: .current, input: InputReport(clip), measured: nil,
      verdict: nil, photo: nil, lint: nil, fit: nil, outputVerdict: nil, previews: [],
      timing: Timing(timing))
  }

  init(_ check: Check) {
    self.init(check.clip, timing: check.timing)
    measured = MeasuredReport(check.measurements, timeline: check.timeline)
    verdict = check.verdict
    photo = check.photo.map(PhotoReport.init)
    lint = check.requestFindings
    exploration = check.exploration
    illustration = check.illustration
  }

  /// The document as JSON, keys in alphabetical order.
  ///
  /// - Parameter pretty: indented over many lines, or all on one.
  public func json(pretty: Bool = true) throws -> Data {
    try JSONEncoder.sorted(pretty: pretty).encode(self)
  }
}

extension ReportDocument.Tool {
  /// This build of vprep.
  static var current: Self {
    Self(
      version: VPrepVersion.current, faceModel: ModelStore.installed.state.description,
      kernels: KernelPath.active.rawValue)
  }
}

extension ReportDocument.Timing {
  init(_ timing: CallTiming) {
    func seconds(_ stage: CallTiming.Stage) -> Double? { timing.stages[stage]?.reported }
    self.init(
      probe: seconds(.probe), decode: nil, measure: seconds(.measure), fit: seconds(.fit),
      preview: seconds(.preview), total: timing.total.reported)
  }
}

extension Duration {
  /// Seconds with the report's four decimals.
  fileprivate var reported: Double {
    let (whole, atto) = components
    return (Double(whole) + Double(atto) * 1e-18).reported
  }
}

// MARK: - A document of each result

extension Probe {
  /// The result as a document.
  public var report: ReportDocument { ReportDocument(clip, timing: timing) }
}

extension Check {
  /// The result as a document.
  public var report: ReportDocument { ReportDocument(self) }
}

extension PlannedFit {
  /// The result as a document.
  public var report: ReportDocument {
    var report = ReportDocument(clip, timing: timing)
    report.fit = FitReport(change)
    return report
  }
}

extension Fit {
  /// The result as a document.
  public var report: ReportDocument {
    var report = ReportDocument(clip, timing: timing)
    report.fit = FitReport(change, output: output)
    return report
  }
}

extension PlannedPreparation {
  /// The result as a document.
  public var report: ReportDocument {
    var report = check.report
    report.fit = FitReport(change)
    return report
  }
}

extension Preparation {
  /// The result as a document.
  public var report: ReportDocument {
    var report = check.report
    report.fit = FitReport(
      change, output: output, worsened: outputVerdict == nil ? nil : worsened)
    report.outputVerdict = outputVerdict
    report.previews = previews.map(PreviewReport.init)
    report.noPreviews = noPreviews
    return report
  }
}

extension Previews {
  /// The result as a document.
  public var report: ReportDocument {
    var report = ReportDocument(clip, timing: timing)
    report.measured = MeasuredReport(measurements, timeline: timeline)
    report.previews = pictures.map(PreviewReport.init)
    report.noPreviews = noPreviews
    return report
  }
}
