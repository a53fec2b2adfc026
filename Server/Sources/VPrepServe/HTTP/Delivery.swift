import Foundation
import Hummingbird

/// What a client wants to have: the header `Accept`.
enum Delivery: Equatable {
  /// The report.
  case report
  /// A form with the report and the prepared file.
  case form
  /// The prepared file alone.
  case file

  init(_ accept: String?) {
    let kinds = (accept ?? "").lowercased().split(separator: ",").map {
      $0.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
    }
    self =
      switch kinds.first {
      case "multipart/form-data", "multipart/*", "multipart/mixed": .form
      case let kind? where kind.hasPrefix("video/"): .file
      default: .report
      }
  }

  /// The answer; where there is no file, it is the report.
  func response(report: [UInt8], file: OpenFile?) -> Response {
    guard let file, self != .report else { return Response(json: report) }
    return self == .form ? Self.form(report, file) : Self.file(report, file)
  }

  private static func file(_ report: [UInt8], _ file: OpenFile) -> Response {
    Response(
      status: .ok, headers: [.contentType: "video/mp4"],
      body: ResponseBody(contentLength: file.count) { writer in
        try await file.write(to: &writer)
        try await writer.finish(nil)
      })
  }

  private static func form(_ report: [UInt8], _ file: OpenFile) -> Response {
    let boundary = "vprep-\(UUID().uuidString.lowercased())"
    func head(_ name: String, _ type: String, file: String? = nil) -> String {
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\""
        + (file.map { "; filename=\"\($0)\"" } ?? "") + "\r\nContent-Type: \(type)\r\n\r\n"
    }
    let before =
      [UInt8](head("report", "application/json").utf8) + report
      + [UInt8]("\r\n\(head("clip", "video/mp4", file: "prepared.mp4"))".utf8)
    let after = [UInt8]("\r\n--\(boundary)--\r\n".utf8)
    return Response(
      status: .ok, headers: [.contentType: "multipart/form-data; boundary=\(boundary)"],
      body: ResponseBody(contentLength: before.count + file.count + after.count) { writer in
        try await writer.write(ByteBuffer(bytes: before))
        try await file.write(to: &writer)
        try await writer.write(ByteBuffer(bytes: after))
        try await writer.finish(nil)
      })
  }
}
