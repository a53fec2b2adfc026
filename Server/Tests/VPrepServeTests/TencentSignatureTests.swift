import Testing

@testable import VPrepServe

/// The values were computed with Python's `hmac` and `hashlib` by the steps of "Signature v3".
@Suite("Tencent's signature TC3-HMAC-SHA256")
struct TencentSignatureTests {
  private let headers = [
    "content-type": "application/json; charset=utf-8", "host": "faceid.example",
    "x-tc-action": "VideoLivenessCompare",
  ]
  private let body = Array(#"{"LivenessType":"SILENT"}"#.utf8)
  private let authorization =
    "TC3-HMAC-SHA256 Credential=AKIDstandin/2026-11-30/faceid/tc3_request, "
    + "SignedHeaders=content-type;host;x-tc-action, "
    + "Signature=aab0f54a63d7ed390c44ab0d22fd864b9a414bb7bd15d1182dc4ba7dd5f9acdc"

  @Test("It is accepted as it is, and refused when anything differs")
  func signs() throws {
    let signature = try #require(TencentSignature(authorization))
    #expect(signature.identifier == "AKIDstandin")
    func signs(
      _ headers: [String: String], _ body: [UInt8], _ time: String = "1796000000",
      _ key: String = "stand-in-secret"
    ) -> Bool {
      signature.signs(headers: headers, body: body, timestamp: time, key: key)
    }
    #expect(signs(headers, body))
    #expect(!signs(headers, body + [32]))
    #expect(!signs(headers, body, "1796000001"))
    #expect(!signs(headers, body, "1796100000"))
    #expect(!signs(headers, body, "1796000000", "another"))
    #expect(!signs(headers.merging(["host": "other"]) { $1 }, body))
  }

  @Test(
    "What is no signature is none",
    arguments: [
      "", "Bearer x", "TC3-HMAC-SHA256 ", "TC3-HMAC-SHA256 Credential=a/b/c, Signature=00",
      "TC3-HMAC-SHA256 Credential=a/b/c/d, SignedHeaders=host, Signature=00",
    ])
  func none(_ text: String) { #expect(TencentSignature(text) == nil) }
}
