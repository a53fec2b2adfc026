import Crypto
import Foundation

/// The signature TC3-HMAC-SHA256 of a request to Tencent Cloud, as its document "Signature v3" describes it.
struct TC3Signature {
  let id: String
  let key: String

  /// The headers that name the signer and carry the signature; `body` is JSON.
  func headers(of body: Data, to url: String, at now: Date = .now) -> [(String, String)] {
    let seconds = Int(now.timeIntervalSince1970)
    let day = now.formatted(.iso8601.year().month().day())
    let (type, host) = ("application/json; charset=utf-8", authority(of: url))
    let request = """
      POST
      /

      content-type:\(type)
      host:\(host)

      content-type;host
      \(hexadecimal(SHA256.hash(data: body)))
      """
    let scope = "\(day)/faceid/tc3_request"
    let text = """
      TC3-HMAC-SHA256
      \(seconds)
      \(scope)
      \(hexadecimal(SHA256.hash(data: Data(request.utf8))))
      """
    let signing = [day, "faceid", "tc3_request"].reduce(Data("TC3\(key)".utf8), sign)
    return [
      ("Content-Type", type), ("Host", host), ("X-TC-Timestamp", "\(seconds)"),
      (
        "Authorization",
        "TC3-HMAC-SHA256 Credential=\(id)/\(scope), SignedHeaders=content-type;host, "
          + "Signature=\(hexadecimal(sign(signing, text)))"
      ),
    ]
  }

  private func sign(_ key: Data, _ text: String) -> Data {
    Data(HMAC<SHA256>.authenticationCode(for: Data(text.utf8), using: SymmetricKey(data: key)))
  }

  /// The host, with its port where the address names one.
  private func authority(of url: String) -> String {
    guard let parts = URLComponents(string: url), let host = parts.host else { return url }
    return parts.port.map { "\(host):\($0)" } ?? host
  }
}
