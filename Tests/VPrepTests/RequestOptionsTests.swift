import TestSupport
import Testing

@testable import VPrep

@Suite("A clip is judged as its request says")
struct RequestOptionsTests {
  static func options(
    _ provider: Provider, _ parameters: [String: RequestValue],
    _ options: JudgeOptions = JudgeOptions()
  ) -> JudgeOptions {
    RequestCheck(
      service: Service(provider).asked(by: parameters), parameters: parameters
    ).applied(to: options)
  }

  @Test("in the order of the actions", arguments: [("1,2", [1, 2]), ("2,1", [2, 1])])
  func order(_ data: String, _ actions: [Int]) {
    let request: [String: RequestValue] = [
      "LivenessType": .text("ACTION"), "ValidateData": .text(data),
    ]
    for asked in [[1, 2], [2, 1]] {
      #expect(Self.options(.tencent, request, JudgeOptions(actions: asked)).actions == actions)
    }
  }

  @Test(
    "which a value that the service refuses does not change",
    arguments: ["", "2", "1,1", "2,1,2", "2, 1", "a", "99999999999999999999,1"])
  func refused(_ data: String) {
    let request: [String: RequestValue] = [
      "LivenessType": .text("ACTION"), "ValidateData": .text(data),
    ]
    #expect(Self.options(.tencent, request, JudgeOptions(actions: [1, 2])).actions == [1, 2])
  }

  @Test("where the digits of LIP are no order")
  func digits() {
    let request: [String: RequestValue] = [
      "LivenessType": .text("LIP"), "ValidateData": .text("2,1"),
    ]
    #expect(Self.options(.tencent, request).actions == nil)
  }

  @Test("with Megvii's switches, as text or as numbers")
  func switches() {
    let text = Self.options(
      .megvii, ["face_occlusion_detection": .text("1"), "eye_close_detection": .text("0")])
    #expect(text.faceOcclusionDetection && !text.eyeCloseDetection)
    let numbers = Self.options(
      .megvii, ["face_occlusion_detection": .integer(1), "eye_close_detection": .integer(0)])
    #expect(numbers == text)
    let refused = Self.options(
      .megvii, ["face_occlusion_detection": .text("yes"), "eye_close_detection": .null])
    #expect(refused == JudgeOptions())
  }

  @Test("in the mode of its LivenessType, whatever the gate's is")
  func mode() async throws {
    var gate = Gate(.tencent(.silent))
    gate.judging.request = ["LivenessType": .text("LIP"), "ValidateData": .text("1234")]
    let report = try await gate.check(.file(TestClips.named("short-0.4").path)).report
    #expect(report.verdict?.mode == .lip)
    gate.judging.request = ["LivenessType": .text("lip")]
    let other = try await gate.check(.file(TestClips.named("short-0.4").path)).report
    #expect(other.verdict?.mode == .silent)
  }
}

@Suite("A service")
struct ServiceTests {
  @Test("has only the modes of its provider")
  func modes() {
    for mode in ProviderMode.allCases {
      #expect(Service(.megvii, mode: mode) == nil)
      #expect(Service(.tencent, mode: mode) == .tencent(mode))
    }
    #expect(Service(.megvii, mode: nil) == .megvii)
    #expect("\(Service.tencent(.lip)), \(Service.megvii)" == "tencent lip, megvii")
    #expect(Service(.tencent, mode: nil) == .tencent(.silent))
    #expect(Service(.tencent).mode == .silent && Service(.megvii).mode == nil)
  }
}
