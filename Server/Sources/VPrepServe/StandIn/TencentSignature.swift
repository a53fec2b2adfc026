import Crypto
import Foundation
import Hummingbird

/// The signature of a request by Tencent Cloud's method TC3-HMAC-SHA256 ("Signature v3", Tencent Cloud API 3.0).
struct TencentSignature {
  let identifier: String
  let date: String
  let service: String
  let signedHeaders: [String]
  let signature: String

  private static let algorithm = "TC3-HMAC-SHA256"

  /// Reads the header `Authorization`; `nil` if it is no such signature.
  init?(_ authorization: String) {
    guard authorization.hasPrefix("\(Self.algorithm) ") else { return nil }
    var values: [String: String] = [:]
    for item in authorization.dropFirst(Self.algorithm.count).split(separator: ",") {
      let pair = item.split(separator: "=", maxSplits: 1).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      if pair.count == 2 { values[pair[0]] = pair[1] }
    }
    let scope = (values["Credential"] ?? "").split(separator: "/").map(String.init)
    guard scope.count == 4, scope[3] == "tc3_request", let headers = values["SignedHeaders"],
      let signature = values["Signature"]
    else { return nil }
    (identifier, date, service) = (scope[0], scope[1], scope[2])
    (signedHeaders, self.signature) = (headers.split(separator: ";").map(String.init), signature)
  }

  /// Whether the signature is that of a request.
  ///
  /// - Parameters:
  ///   - headers: values by their names in lower case.
  ///   - timestamp: the header `X-TC-Timestamp`.
  func signs(headers: [String: String], body: [UInt8], timestamp: String, key: String) -> Bool {
    guard signedHeaders.contains("content-type"), signedHeaders.contains("host"),
      let seconds = Double(timestamp), Self.day(seconds) == date
    else { return false }
    let canonical = [
      "POST", "/", "",
      signedHeaders.map {
        "\($0):\((headers[$0] ?? "").trimmingCharacters(in: .whitespaces).lowercased())\n"
      }.joined(),
      signedHeaders.joined(separator: ";"), Self.hex(SHA256.hash(data: Data(body))),
    ].joined(separator: "\n")
    let text = [
      Self.algorithm, timestamp, "\(date)/\(service)/tc3_request",
      Self.hex(SHA256.hash(data: Data(canonical.utf8))),
    ].joined(separator: "\n")
    var secret = SymmetricKey(data: Data("TC3\(key)".utf8))
    for part in [date, service, "tc3_request"] {
      secret = SymmetricKey(
        data: Data(HMAC<SHA256>.authenticationCode(for: Data(part.utf8), using: secret)))
    }
    guard let given = Self.bytes(signature) else { return false }
    return HMAC<SHA256>.isValidAuthenticationCode(
      given, authenticating: Data(text.utf8), using: secret)
  }

  /// The day in UTC.
  static func day(_ seconds: Double) -> String {
    Date(timeIntervalSince1970: seconds).formatted(
      Date.ISO8601FormatStyle(timeZone: .gmt).year().month().day())
  }

  private static func hex(_ bytes: some Sequence<UInt8>) -> String {
    bytes.map { String(format: "%02x", $0) }.joined()
  }

  private static func bytes(_ hex: String) -> Data? {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == hex.count, digits.count % 2 == 0 else { return nil }
    return Data(
      stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) })
  }
}
