import Testing

@testable import VPrepServe

@Suite("A report passes through as it was written")
struct JSONMembersTests {
  @Test("Each member is found, and its value is the bytes as they stand")
  func members() throws {
    let text =
      #"{"id":"a\"}","report":{"n":1.50,"t":"}\\","l":[1,{"x":[]}]}, "status" : 0 ,"none":null}"#
    let members = try #require(JSONMembers(Array(text.utf8)))
    func value(_ name: String) -> String? {
      members.values[name].map { String(decoding: $0, as: UTF8.self) }
    }
    #expect(value("id") == #""a\"}""#)
    #expect(value("report") == #"{"n":1.50,"t":"}\\","l":[1,{"x":[]}]}"#)
    #expect(value("status") == "0")
    #expect(value("none") == "null")
    #expect(members.values.count == 4)
  }

  @Test(
    "What is no object, or breaks off, is none",
    arguments: ["", "[]", "1", "{", #"{"a""#, #"{"a":"#, #"{"a":[1"#, #"{"a":"x"#, #"{"a":1"#])
  func broken(_ text: String) { #expect(JSONMembers(Array(text.utf8)) == nil) }

  @Test("An answer is a report or an error, with a status")
  func answers() throws {
    let good = #"{"id":null,"report":{"a":1},"schema":"vprep.answer/1","status":1}"#
    let answer = try #require(WorkerAnswer(Array(good.utf8)))
    #expect(answer.status == 1)
    #expect(try answer.result.get() == Array(#"{"a":1}"#.utf8))
    #expect(WorkerAnswer(Array(#"{"status":1}"#.utf8)) == nil)
    #expect(WorkerAnswer(Array("worker".utf8)) == nil)
  }

  @Test("The service's paths are replaced wherever they stand")
  func replacing() {
    let text = Array("a/tmp/x/clipb/tmp/x/cli/tmp/x/clip".utf8)
    let replaced = text.replacing(Array("/tmp/x/clip".utf8), with: Array("me".utf8))
    #expect(String(decoding: replaced, as: UTF8.self) == "ameb/tmp/x/clime")
  }
}
