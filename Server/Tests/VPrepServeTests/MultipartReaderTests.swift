import Testing

@testable import VPrepServe

@Suite("A form is read as it arrives")
struct MultipartReaderTests {
  private static let type = "multipart/form-data; boundary=\"a b'c\""
  private static let form =
    "ignored\r\n--a b'c\r\nContent-Disposition: form-data; name=\"clip\"; filename=\"a \\\"b\\\".mp4\"\r\n"
    + "Content-Type: video/mp4\r\n\r\nbytes\r\n--a b'no\r\rmore\r\n--a b'c  \r\n"
    + "content-disposition: form-data; name=options\r\n\r\n{}\r\n--a b'c\r\n"
    + "Content-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n--a b'c--\r\nignored"

  private struct Part: Equatable {
    let name: String
    let file: String?
    var text = ""
    var isWhole = false
  }

  private func read(_ text: String, by count: Int) throws -> (parts: [Part], isComplete: Bool) {
    var reader = try #require(MultipartReader(contentType: Self.type))
    var parts: [Part] = []
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try reader.read(rest.prefix(count)) { event in
        switch event {
        case .part(let head): parts.append(Part(name: head.name, file: head.file))
        case .data(let data): parts[parts.count - 1].text += String(decoding: data, as: UTF8.self)
        case .end: parts[parts.count - 1].isWhole = true
        }
      }
      rest = rest.dropFirst(count)
    }
    return (parts, reader.isComplete)
  }

  @Test(
    "The parts are the same in whatever pieces the bytes arrive", arguments: [1, 2, 3, 7, 64, 4096])
  func pieces(_ count: Int) throws {
    let (parts, isComplete) = try read(Self.form, by: count)
    #expect(isComplete)
    #expect(
      parts == [
        Part(
          name: "clip", file: "a \"b\".mp4", text: "bytes\r\n--a b'no\r\rmore", isWhole: true),
        Part(name: "options", file: nil, text: "{}", isWhole: true),
        Part(name: "empty", file: nil, text: "", isWhole: true),
      ])
  }

  @Test("A form that breaks off is not complete, wherever it does")
  func brokenOff() throws {
    // The last boundary is complete with its two hyphens.
    let end = Self.form.utf8.count - "\r\nignored".utf8.count
    for count in 1..<end {
      let text = String(decoding: Self.form.utf8.prefix(count), as: UTF8.self)
      #expect(try !read(text, by: 5).isComplete, "\(count) bytes")
    }
  }

  @Test("A head without end, and a boundary with something behind it, are refused")
  func malformed() {
    #expect(throws: ServiceError.self) {
      _ = try read("--a b'c\r\n" + String(repeating: "x", count: 20_000), by: 1000)
    }
    #expect(throws: ServiceError.self) { _ = try read("--a b'cx\r\n\r\n", by: 100) }
  }

  @Test("A type without a boundary, or with one that is too long, is no form")
  func boundaries() {
    #expect(MultipartReader(contentType: "multipart/form-data") == nil)
    #expect(MultipartReader(contentType: "multipart/form-data; boundary=") == nil)
    let long = String(repeating: "x", count: 71)
    #expect(MultipartReader(contentType: "multipart/form-data; boundary=\(long)") == nil)
    #expect(MultipartReader(contentType: "multipart/form-data; charset=x; boundary=ab") != nil)
  }
}
