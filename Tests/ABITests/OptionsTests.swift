import CVPrep
import Foundation
import TestSupport
import Testing
import VPrepC

@Suite("Options of the C interface")
struct OptionsTests {
  @Test("start from the defaults of the program")
  func defaults() {
    var options = vprep_options()
    let status = vprep_options_init(&options, MemoryLayout<vprep_options>.size)
    #expect(status == Int32(VPREP_ACCEPTED.rawValue))
    #expect(options.size == MemoryLayout<vprep_options>.size)
    #expect(options.provider == VPREP_NO_PROVIDER)
    #expect(options.mode == VPREP_DEFAULT_MODE)
    #expect(options.eye_close_detection == 1)
    #expect(options.face_occlusion_detection == 0)
    #expect(options.preview_count == 2)
    #expect(options.time_limit == 300)
  }

  @Test("cannot be filled in where they do not fit")
  func tooSmall() {
    var options = vprep_options()
    #expect(vprep_options_init(&options, 8) == Int32(VPREP_USAGE.rawValue))
    #expect(vprep_options_init(nil, 4096) == Int32(VPREP_USAGE.rawValue))
  }

  @Test(
    "cannot be filled in where nothing can be so large", arguments: [1 << 17, 1 << 40, 1 << 62, -1])
  func tooLarge(size: Int) {
    var options = vprep_options()
    #expect(vprep_options_init(&options, size) == Int32(VPREP_USAGE.rawValue))
  }

  struct Wrong: CustomTestStringConvertible, Sendable {
    let member: String
    let provider: vprep_provider
    let change: @Sendable (inout vprep_options) -> Void
    var testDescription: String { member }

    init(
      _ member: String, _ provider: vprep_provider = VPREP_TENCENT,
      _ change: @escaping @Sendable (inout vprep_options) -> Void
    ) {
      self.member = member
      self.provider = provider
      self.change = change
    }
  }

  static let wrong = [
    Wrong("provider", VPREP_NO_PROVIDER) { _ in },
    Wrong("provider") { $0.provider.rawValue = 99 },
    Wrong("mode") { $0.mode.rawValue = 99 },
    Wrong("mode", VPREP_MEGVII) { $0.mode = VPREP_LIP },
    Wrong("bandwidth") { $0.bandwidth = -1 },
    Wrong("bandwidth") { $0.bandwidth = .nan },
    Wrong("window_start") { $0.window_start = 2 },
    Wrong("window_start") { ($0.window_start, $0.window_end) = (2, 1) },
    Wrong("window_start") { ($0.window_start, $0.window_end) = (-1, 1) },
    Wrong("window_start") { $0.window_end = .nan },
    Wrong("window_start") { $0.window_end = .infinity },
    Wrong("maximum_bytes") { $0.maximum_bytes = -1 },
    Wrong("preview_count") { $0.preview_count = 11 },
    Wrong("preview_count") { $0.preview_count = -1 },
    Wrong("time_limit") { $0.time_limit = 0 },
    Wrong("time_limit") { $0.time_limit = .infinity },
    Wrong("time_limit") { $0.time_limit = .nan },
    Wrong("options") { $0.size = 0 },
    Wrong("options") { $0.size = .max },
  ]

  @Test("that cannot be meant are refused by name before the clip is opened", arguments: wrong)
  func refused(_ wrong: Wrong) throws {
    try withFile("/no/such/clip.mp4") { clip in
      try withOptions(wrong.provider, wrong.change) { options in
        let answer = try Answer { vprep_check(clip, options, $0) }
        #expect(answer.has(VPREP_USAGE))
        #expect(answer.errorKind == "badRequest")
        #expect(answer.message.hasPrefix(wrong.member), "\(answer.message)")
      }
    }
  }

  @Test(
    "in text are refused by name when they cannot be meant",
    arguments: [
      ("limits", "pixel=1"), ("limits", "pixels=0"), ("actions", "3"), ("actions", ""),
      ("rules_json", "{"), ("rules_json", #"{"NoSuchCode":{}}"#),
      ("request_json", "[]"), ("request_json", #"{"LivenessType": "LIP"}"#),
    ])
  func refusedText(member: String, text: String) throws {
    try text.withCString { text in
      let change = { (options: inout vprep_options) in
        options.mode = VPREP_SILENT
        switch member {
        case "actions": options.actions = text
        case "limits": options.limits = text
        case "rules_json": options.rules_json = text
        default: options.request_json = text
        }
      }
      try withFile("/no/such/clip.mp4") { clip in
        try withOptions(VPREP_TENCENT, change) { options in
          let answer = try Answer { vprep_check(clip, options, $0) }
          #expect(answer.has(VPREP_USAGE))
          #expect(answer.errorKind == "badRequest")
          #expect(answer.message.contains(member), "\(answer.message)")
        }
      }
    }
  }

  @Test("with a photo are refused where the provider takes none")
  func photoForMegvii() throws {
    try withFile("/no/such/photo.jpg") { photo in
      try withOptions(VPREP_MEGVII, { $0.photo = photo }) { options in
        let answer = try Answer { vprep_check(photo, options, $0) }
        #expect(answer.has(VPREP_USAGE))
        #expect(answer.message.hasPrefix("photo"))
      }
    }
  }

  @Test("of a newer caller work as long as it asks for nothing unknown", arguments: [false, true])
  func newerCaller(asksForMore: Bool) throws {
    let size = MemoryLayout<vprep_options>.size + 16
    let newer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { newer.deallocate() }
    newer.initializeMemory(as: UInt8.self, repeating: 0xFF)
    let options = try #require(newer.baseAddress).assumingMemoryBound(to: vprep_options.self)
    #expect(vprep_options_init(options, size) == Int32(VPREP_ACCEPTED.rawValue))
    if asksForMore { newer[size - 1] = 1 }
    try withFile(TestClips.named("short-0.4").path) { clip in
      let answer = try Answer { vprep_probe(clip, options, $0) }
      #expect(answer.has(asksForMore ? VPREP_USAGE : VPREP_ACCEPTED))
    }
  }

  @Test("bound what is read")
  func limits() throws {
    try "pixels=1000,seconds=60".withCString { text in
      try withFile(TestClips.named("good-megvii").path) { clip in
        try withOptions(VPREP_MEGVII, { $0.limits = text }) { options in
          let answer = try Answer { vprep_check(clip, options, $0) }
          #expect(answer.has(VPREP_UNUSABLE_INPUT))
          #expect(answer.message.contains("1000 pixels"))
        }
      }
    }
  }

  @Test("of an older caller, who knows no limits, keep the defaults")
  func olderCaller() throws {
    let size = try #require(MemoryLayout<vprep_options>.offset(of: \.limits))
    let older = UnsafeMutableRawBufferPointer.allocate(
      byteCount: MemoryLayout<vprep_options>.size, alignment: 16)
    defer { older.deallocate() }
    // What lies behind an older caller's struct is not the library's to read or write.
    older.initializeMemory(as: UInt8.self, repeating: 0xFF)
    let options = try #require(older.baseAddress).assumingMemoryBound(to: vprep_options.self)
    #expect(vprep_options_init(options, size) == Int32(VPREP_ACCEPTED.rawValue))
    #expect(older[size...].allSatisfy { $0 == 0xFF })
    try withFile(TestClips.named("short-0.4").path) { clip in
      let answer = try Answer { vprep_probe(clip, options, $0) }
      #expect(answer.has(VPREP_ACCEPTED))
    }
  }

  @Test("replace a limit, and the prediction says so")
  func rules() throws {
    let rules = #"{"VIDEO_INVALID_DURATION":{"input.durationSeconds":{"max":{"warn":1,"fail":1}}}}"#
    try rules.withCString { rules in
      try withFile(TestClips.named("good-megvii").path) { clip in
        try withOptions(VPREP_MEGVII, { $0.rules_json = rules }) { options in
          let answer = try Answer { vprep_check(clip, options, $0) }
          #expect(answer.has(VPREP_REFUSED))
          let predictions = try answer.object("verdict")["predictions"] as? [[String: Any]]
          let first = try #require(predictions?.first)
          #expect(first["code"] as? String == "VIDEO_INVALID_DURATION")
          #expect(first["overridden"] as? Bool == true)
        }
      }
    }
  }
}
