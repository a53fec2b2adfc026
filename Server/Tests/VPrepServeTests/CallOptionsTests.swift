import Foundation
import Testing

@testable import VPrepServe

@Suite("Options of a request")
struct CallOptionsTests {
  private func values(
    _ query: [(String, String)], json: String? = nil
  ) throws -> [String: JSON] {
    try CallOptions(json: json, query: query.map { (name: $0.0, value: $0.1) }).values
  }

  @Test("The address says in text what JSON says in values")
  func query() throws {
    let values = try values([
      ("provider", "tencent"), ("actions", "2,1"), ("strict", ""), ("timeline", "0"),
      ("previews", "3"), ("window", "0.5,2"), ("request", #"{"biz_no":"1"}"#),
    ])
    #expect(values["provider"] == .string("tencent"))
    #expect(values["actions"] == .array([.number(2), .number(1)]))
    #expect(values["strict"] == .bool(true))
    #expect(values["timeline"] == .bool(false))
    #expect(values["previews"] == .number(3))
    #expect(values["window"] == .array([.number(0.5), .number(2)]))
    #expect(values["request"] == .object(["biz_no": .string("1")]))
    #expect(try self.values([("window", "all")])["window"] == .string("all"))
  }

  @Test("The address counts for more than the form")
  func precedence() throws {
    let values = try values([("mode", "lip")], json: #"{"mode":"silent","provider":"tencent"}"#)
    #expect(values == ["mode": .string("lip"), "provider": .string("tencent")])
  }

  @Test(
    "A client names no path of the server and sets none of its limits",
    arguments: ["photo", "annotate", "threads", "limits", "output", "nonsense"])
  func refused(_ name: String) {
    #expect(throws: ServiceError.self) { try values([(name, "1")]) }
    #expect(throws: ServiceError.self) { try values([], json: "{\"\(name)\":1}") }
  }

  @Test(
    "A value of the wrong kind is refused",
    arguments: [
      ("strict", "maybe"), ("previews", "many"), ("actions", "a,b"), ("rules", "{"),
      ("bandwidth", "nan"), ("judgedWindow", "all"),
    ])
  func wrong(_ name: String, _ value: String) {
    #expect(throws: ServiceError.self) { try values([(name, value)]) }
  }

  @Test("A client may lower the time limit, and not raise it")
  func timeLimit() throws {
    func seconds(_ query: [(String, String)]) throws -> Double {
      try CallOptions(json: nil, query: query.map { (name: $0.0, value: $0.1) })
        .completed(photo: nil, timeLimit: 60).seconds
    }
    #expect(try seconds([]) == 60)
    #expect(try seconds([("timeLimit", "5")]) == 5)
    #expect(try seconds([("timeLimit", "500")]) == 60)
  }

  @Test("Every option of the document is the client's or refused by name")
  func complete() throws {
    let root = URL(filePath: #filePath).appending(path: "../../../..").standardized
    let document = try Data(contentsOf: root.appending(path: "Docs/options.schema.json"))
    let schema = try JSONDecoder().decode(Schema.self, from: document)
    #expect(schema.properties.count > 20)
    for name in schema.properties.keys {
      do {
        _ = try values([(name, "")])
      } catch let error as ServiceError {
        #expect(!error.message.hasPrefix("there is no option"), "\(name)")
      }
    }
  }

  private struct Schema: Decodable { let properties: [String: JSON] }
}
