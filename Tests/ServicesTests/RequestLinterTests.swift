import Services
import Testing

@Suite("A request to Megvii")
struct MegviiRequestTests {
  static let good: [String: RequestValue] = [
    "api_key": .text("k"), "api_secret": .text("s"), "video": .file(bytes: 20_000_000),
    "biz_no": .text(String(repeating: "é", count: 128)), "liveness_preference": .text("none"),
    "return_image": .text("2"), "return_multifaces_tag": .integer(1),
    "face_occlusion_detection": .text("0"), "eye_close_detection": .text("1"),
  ]

  func codes(_ change: (inout [String: RequestValue]) -> Void) -> [String] {
    var parameters = Self.good
    change(&parameters)
    return RequestLinter.lint(.megvii, parameters: parameters).map(\.code)
  }

  @Test("is fine as documented, with the optional parameters or without")
  func good() {
    #expect(codes { _ in }.isEmpty)
    let required = Self.good.filter { ["api_key", "api_secret", "video"].contains($0.key) }
    #expect(RequestLinter.lint(.megvii, parameters: required).isEmpty)
  }

  @Test("misses what is required", arguments: ["api_key", "api_secret", "video"])
  func missing(_ key: String) {
    #expect(codes { $0[key] = nil } == ["MISSING_ARGUMENTS:\(key)"])
    #expect(codes { $0[key] = .text("") } == ["MISSING_ARGUMENTS:\(key)"])
  }

  @Test(
    "has a bad argument",
    arguments: [
      ("api_key", RequestValue.file(bytes: 1)), ("video", .text("video.mp4")),
      ("video", .file(bytes: 0)), ("video", .file(bytes: 20_000_001)),
      ("biz_no", .text(String(repeating: "x", count: 129))), ("biz_no", .file(bytes: 3)),
      ("liveness_preference", .text("strict")), ("liveness_preference", .text("NONE")),
      ("return_image", .text("3")), ("return_image", .integer(-1)), ("return_image", .text("")),
      ("return_multifaces_tag", .text("true")), ("face_occlusion_detection", .text("2")),
      ("eye_close_detection", .text("yes")),
    ])
  func bad(_ key: String, _ value: RequestValue) {
    #expect(codes { $0[key] = value } == ["BAD_ARGUMENTS:\(key)"])
  }

  @Test("may hold every documented value of its switches")
  func choices() {
    for value in ["none", "still_strict"] {
      #expect(codes { $0["liveness_preference"] = .text(value) }.isEmpty)
    }
    for value in 0...2 { #expect(codes { $0["return_image"] = .integer(value) }.isEmpty) }
    for value in ["0", "1"] {
      for key in ["return_multifaces_tag", "face_occlusion_detection", "eye_close_detection"] {
        #expect(codes { $0[key] = .text(value) }.isEmpty)
      }
    }
  }

  @Test("says what is wrong with which parameter")
  func message() {
    var parameters = Self.good
    parameters["return_image"] = .text("3")
    let finding = RequestLinter.lint(.megvii, parameters: parameters).first
    #expect(finding?.key == "return_image")
    #expect(finding?.message == "return_image must be one of 0, 1, 2.")
  }
}

@Suite("A request to Tencent")
struct TencentRequestTests {
  static let md5 = "682e24b207acf1825286c1fceef5631c"
  static let good: [String: RequestValue] = [
    "Action": .text("VideoLivenessCompare"), "Version": .text("2018-03-01"),
    "Region": .text("ap-singapore"), "ImageUrl": .text("https://example.com/photo.jpg"),
    "ImageMd5": .text(md5), "VideoUrl": .text("https://example.com/video.mp4?sign=a%20b"),
    "VideoMd5": .text(md5), "LivenessType": .text("SILENT"),
  ]

  func codes(
    files: FileDigests = FileDigests(), _ change: (inout [String: RequestValue]) -> Void
  ) -> [String] {
    var parameters = Self.good
    change(&parameters)
    return RequestLinter.lint(.tencent, parameters: parameters, files: files).map {
      "\($0.code) \($0.key)"
    }
  }

  @Test("is fine as documented")
  func good() {
    #expect(codes { _ in }.isEmpty)
    for region in ["ap-bangkok", "ap-hongkong", "ap-singapore"] {
      #expect(codes { $0["Region"] = .text(region) }.isEmpty)
    }
  }

  @Test(
    "misses what is required",
    arguments: ["ImageUrl", "ImageMd5", "VideoUrl", "VideoMd5", "LivenessType"])
  func missing(_ key: String) {
    #expect(codes { $0[key] = nil } == ["InvalidParameter \(key)"])
    #expect(codes { $0[key] = .null } == ["InvalidParameter \(key)"])
    #expect(codes { $0[key] = .file(bytes: 1) } == ["InvalidParameter \(key)"])
  }

  @Test("may send its common parameters as headers", arguments: ["Action", "Version", "Region"])
  func common(_ key: String) {
    #expect(codes { $0[key] = nil } == [])
    #expect(codes { $0[key] = .null } == ["InvalidParameter \(key)"])
    let header = "X-TC-\(key)"
    #expect(codes { $0[header] = $0.removeValue(forKey: key) } == [])
    #expect(codes { $0[header] = .text("else") } == ["InvalidParameterValue \(header)"])
  }

  @Test(
    "has an invalid value",
    arguments: [
      ("Action", "LivenessCompare"), ("Version", "2018-03-02"), ("Region", "ap-guangzhou"),
      ("ImageUrl", "photo.jpg"), ("ImageUrl", "https:///photo.jpg"), ("VideoUrl", "ftp://a/b"),
      ("VideoUrl", "https://example.com/a b"), ("ImageMd5", "682e24"),
      ("VideoMd5", "682e24b207acf1825286c1fceef5631g"), ("LivenessType", "silent"),
      ("LivenessType", "VIDEO"), ("ValidateData", "1,2"),
    ])
  func invalid(_ key: String, _ value: String) {
    #expect(codes { $0[key] = .text(value) } == ["InvalidParameterValue \(key)"])
  }

  @Test("states the digests of the very files, upper or lower case")
  func digests() {
    let files = FileDigests(video: Self.md5.uppercased(), image: Self.md5)
    #expect(codes(files: files) { _ in }.isEmpty)
    let other = FileDigests(video: String(repeating: "0", count: 32), image: Self.md5)
    #expect(codes(files: other) { _ in } == ["InvalidParameterValue VideoMd5"])
    let photo = FileDigests(video: nil, image: String(repeating: "f", count: 32))
    #expect(codes(files: photo) { _ in } == ["InvalidParameterValue ImageMd5"])
  }

  @Test(
    "holds the validation data of its liveness type",
    arguments: [
      ("LIP", "1234", true), ("LIP", "0000", true), ("LIP", "123", false), ("LIP", "12345", false),
      ("LIP", "12a4", false), ("LIP", "١٢٣٤", false), ("LIP", "1,2", false),
      ("ACTION", "1,2", true), ("ACTION", "2,1", true), ("ACTION", "1,1", false),
      ("ACTION", "1", false), ("ACTION", "1, 2", false), ("SILENT", "", true),
      ("SILENT", "1234", false),
    ])
  func validateData(_ type: String, _ data: String, _ isFine: Bool) {
    let found = codes {
      $0["LivenessType"] = .text(type)
      $0["ValidateData"] = .text(data)
    }
    #expect(found == (isFine ? [] : ["InvalidParameterValue ValidateData"]))
  }

  @Test("needs validation data unless it is SILENT", arguments: ["LIP", "ACTION"])
  func missingData(_ type: String) {
    #expect(codes { $0["LivenessType"] = .text(type) } == ["InvalidParameter ValidateData"])
  }
}
