import Crypto
import Foundation
import VPrep

/// Tencent's `VideoLivenessCompare`, which fetches the clip and the photo from a bucket.
struct Tencent: Destination {
  let gate: Gate
  private let environment: Environment
  private let photo: Data
  private let bucket: Bucket
  private let signature: TC3Signature

  init(_ environment: Environment, photo path: String) throws {
    self.environment = environment
    gate = Gate(.tencent(.silent), judging: Gate.Judging(photo: .file(path)))
    photo = try Data(contentsOf: URL(filePath: path))
    bucket = Bucket(
      folder: URL(filePath: try environment.required("BUCKET_FOLDER")),
      address: try environment.required("BUCKET_URL"))
    signature = TC3Signature(
      id: try environment.required("TENCENT_SECRET_ID"),
      key: try environment.required("TENCENT_SECRET_KEY"))
  }

  func send(_ video: Video) async throws -> Answer {
    let clip = try bucket.put(video.bytes, extension: "mp4")
    defer { clip.remove() }
    let picture = try bucket.put(photo, extension: "jpg")
    defer { picture.remove() }
    let body = try JSONEncoder().encode(
      Parameters(
        VideoUrl: clip.address, VideoMd5: video.md5, ImageUrl: picture.address,
        ImageMd5: hexadecimal(Insecure.MD5.hash(data: photo)), LivenessType: "SILENT"))
    let url = environment["TENCENT_URL"] ?? "https://faceid.intl.tencentcloudapi.com"
    let answer: Body = try await post(
      body, to: url,
      headers: [
        ("X-TC-Action", "VideoLivenessCompare"), ("X-TC-Version", "2018-03-01"),
        ("X-TC-Region", environment["TENCENT_REGION"] ?? "ap-singapore"),
      ] + signature.headers(of: body, to: url), environment)
    guard let code = answer.Response.Error?.Code ?? answer.Response.Result else {
      return .temporary("no answer")
    }
    if code == "Success" { return .accepted("\(answer.Response.Sim ?? 0)") }
    return Self.temporary.contains(code) ? .temporary(code) : .refused(code)
  }

  private static let temporary: Set = [
    "RequestLimitExceeded", "InternalError", "FailedOperation.DownLoadTimeoutError",
    "FailedOperation.LipNetFailed",
  ]

  private struct Parameters: Encodable {
    var VideoUrl, VideoMd5, ImageUrl, ImageMd5, LivenessType: String
  }

  private struct Body: Decodable {
    var Response: Response

    struct Response: Decodable {
      var Error: Failure?
      var Result: String?
      var Sim: Double?
    }

    struct Failure: Decodable { var Code: String }
  }
}

/// A folder whose files the service can fetch; a real one is a bucket with addresses that expire.
private struct Bucket {
  let folder: URL
  let address: String

  struct Item {
    let file: URL
    let address: String

    func remove() { try? FileManager.default.removeItem(at: file) }
  }

  func put(_ bytes: Data, extension: String) throws -> Item {
    let name = "\(UUID()).\(`extension`)"
    let item = Item(file: folder.appending(path: name), address: "\(address)/\(name)")
    try bytes.write(to: item.file)
    return item
  }
}

/// The digest in lower-case hexadecimal digits.
func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
  digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
}
