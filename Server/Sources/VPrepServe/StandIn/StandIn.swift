import Foundation
import HTTPTypes
import Hummingbird

/// The keys that the stand-ins accept, which are made up and protect nothing.
struct StandInSettings: Sendable {
  var megviiKey = "stand-in-key"
  var megviiSecret = "stand-in-secret"
  var tencentID = "AKIDstandin"
  var tencentKey = "stand-in-secret"
  /// Requests a second that each of them takes; 0 for any number.
  var rate = 0.0
}

/// Stand-ins for the paid services, which answer with vprep's verdict in the services' own form.
///
/// A header `X-Stand-In-Code` names a code that is answered whatever the clip is.
struct StandIn: Sendable {
  let keys: StandInSettings
  let service: GateService
  let forced = ForcedCodes()
  let megviiRate: RateLimit
  let tencentRate: RateLimit

  init(_ keys: StandInSettings, _ service: GateService) {
    (self.keys, self.service) = (keys, service)
    megviiRate = RateLimit(perSecond: keys.rate)
    tencentRate = RateLimit(perSecond: keys.rate)
  }

  func add(to router: Router<ServeContext>) {
    let megvii = MegviiStandIn(standIn: self)
    router.post("/faceid/lite/raw/validate_still") { request, context in
      await megvii.answer(request, context)
    }
    let tencent = TencentStandIn(standIn: self)
    router.post("/") { request, context in await tencent.answer(request, context) }
  }

  /// What vprep says about a clip.
  func check(_ job: Job) async throws -> StandInVerdict {
    let answer = try await service.pool.run(
      job, seconds: service.settings.timeLimit + WorkerPool.grace)
    switch answer.result {
    case .success(let report):
      return StandInVerdict(
        report: try JSONDecoder().decode(JudgedReport.self, from: Data(report)))
    case .failure(let error):
      guard let code = error.code else { throw error.answered(timedOut: false) }
      return StandInVerdict(code: code, message: error.message)
    }
  }
}

extension HTTPField.Name {
  /// A code that a stand-in answers whatever the clip is.
  static let standInCode = known("X-Stand-In-Code")
}

/// The parts of a report that a stand-in answers from.
struct JudgedReport: Decodable {
  struct Lint: Decodable {
    let code: String
    let message: String
  }

  struct Prediction: Decodable {
    let code: String
    let severity: String
    let integratorAdvice: String
  }

  struct Verdict: Decodable { let predictions: [Prediction] }
  struct Input: Decodable { let md5: String? }
  struct Preview: Decodable { let image: String }

  let input: Input
  let lint: [Lint]?
  let verdict: Verdict?
  let previews: [Preview]
}

/// The answer that vprep expects.
struct StandInVerdict: Sendable {
  /// The service's code; `nil` for success.
  let code: String?
  let message: String
  /// Whether the request is wrong, not the clip.
  let isRequest: Bool

  init(code: String, message: String) {
    (self.code, self.message, isRequest) = (code, message, false)
  }

  init(report: JudgedReport) {
    let lint = report.lint?.first
    let failure = report.verdict?.predictions.first { $0.severity == "fail" }
    code = lint?.code ?? failure?.code
    message = lint?.message ?? failure?.integratorAdvice ?? ""
    isRequest = lint != nil
  }
}

/// Codes that requests have asked for: `CODE`, or `CODE;times=2;run=NAME` for the first two requests of a run.
actor ForcedCodes {
  private var counts: [String: Int] = [:]

  /// Runs that are remembered.
  private static let mostRuns = 1000

  /// The code to answer; `nil` to answer as usual.
  func next(_ header: String?) -> String? {
    guard let header, let code = header.split(separator: ";").first.map(String.init) else {
      return nil
    }
    let parameters = HeaderParameters(header)
    guard let times = parameters["times"].flatMap({ Int($0) }) else { return code }
    let run = parameters["run"] ?? ""
    if counts.count >= Self.mostRuns { counts = [:] }
    counts[run, default: 0] += 1
    return counts[run, default: 0] <= times ? code : nil
  }
}
