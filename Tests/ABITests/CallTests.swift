import CVPrep
import Foundation
import TestSupport
import Testing
import VPrepC

@Suite("Calls of the C interface")
struct CallTests {
  @Test("come from the version that the header names")
  func version() throws {
    #expect(String(cString: try #require(vprep_version())) == VPREP_VERSION)
  }

  @Test("probe a file without any options")
  func probe() throws {
    let clip = try TestClips.named("good-silent")
    try withFile(clip.path) { file in
      let answer = try Answer { vprep_probe(file, nil, $0) }
      #expect(answer.has(VPREP_ACCEPTED))
      #expect(answer.json["schema"] as? String == "vprep.report/1")
      let input = try answer.object("input")
      #expect(input["path"] as? String == clip.path)
      #expect(input["container"] as? String == clip.probe.container)
      let size = try FileManager.default.attributesOfItem(atPath: clip.path)[.size] as? Int
      #expect(input["bytes"] as? Int == size)
    }
  }

  @Test("judge a clip in memory like the same clip in a file")
  func memory() throws {
    let clip = try TestClips.named("good-silent")
    try withOptions(VPREP_TENCENT) { options in
      let fromFile = try withFile(clip.path) { file in
        try Answer { vprep_check(file, options, $0) }
      }
      let fromMemory = try Data(contentsOf: clip.url).withUnsafeBytes { bytes in
        try "camera".withCString { name in
          var memory = vprep_clip_memory(bytes.baseAddress, bytes.count, name)
          return try Answer { vprep_check(&memory, options, $0) }
        }
      }
      #expect(fromMemory.status == fromFile.status)
      #expect(try fromMemory.object("input")["path"] as? String == "camera")
      for part in ["measurements", "verdict"] {
        let (one, other) = (try fromMemory.object(part), try fromFile.object(part))
        #expect(one as NSDictionary == other as NSDictionary)
      }
    }
  }

  @Test(
    "answer the status of the verdict",
    arguments: ["good-megvii", "short-0.4", "no-face", "long-15"], [false, true])
  func status(id: String, strict: Bool) throws {
    try withFile(TestClips.named(id).path) { file in
      try withOptions(VPREP_MEGVII, { $0.strict = strict ? 1 : 0 }) { options in
        let answer = try Answer { vprep_check(file, options, $0) }
        let expected = Answer.status(of: try answer.object("verdict"), strict: strict)
        #expect(answer.has(try #require(expected)))
      }
    }
  }

  @Test(
    "list the codes of one provider, or of all",
    arguments: [
      (VPREP_NO_PROVIDER, ["megvii", "megvii-video", "tencent", "tencent-compare-face"]),
      (VPREP_MEGVII, ["megvii"]), (VPREP_MEGVII_VIDEO, ["megvii-video"]),
      (VPREP_TENCENT, ["tencent"]), (VPREP_TENCENT_COMPARE_FACE, ["tencent-compare-face"]),
    ])
  func codes(provider: vprep_provider, listed: [String]) throws {
    let answer = try Answer { vprep_codes(provider, $0) }
    #expect(answer.has(VPREP_ACCEPTED))
    #expect(Set(answer.list.compactMap { $0["provider"] as? String }) == Set(listed))
    #expect(answer.list.allSatisfy { $0["code"] is String && $0["rules"] is [Any] })
  }

  @Test("refuse to list the codes of a provider that does not exist")
  func unknownCodes() throws {
    let answer = try Answer { vprep_codes(vprep_provider(rawValue: 99), $0) }
    #expect(answer.has(VPREP_USAGE))
    #expect(answer.errorKind == "badRequest")
  }

  @Test("write the measured frames and their values when asked")
  func frames() throws {
    let folder = try TemporaryFolder()
    try withFile(TestClips.named("good-silent").path) { file in
      try folder.path("frames").withCString { path in
        let change = { (options: inout vprep_options) in
          (options.timeline, options.annotation_folder) = (1, path)
        }
        try withOptions(VPREP_TENCENT, change) { options in
          let answer = try Answer { vprep_check(file, options, $0) }
          let measurements = try answer.object("measurements")
          let timeline = try #require(measurements["timeline"] as? [Any])
          #expect(timeline.count == measurements["framesMeasured"] as? Int)
          let pictures = try FileManager.default.contentsOfDirectory(atPath: folder.path("frames"))
          #expect(pictures.count == timeline.count)
        }
      }
    }
  }

  @Test("prepare a clip, and answer the status of the output")
  func prepare() throws {
    let folder = try TemporaryFolder()
    let output = folder.path("out.mp4")
    try withFile(TestClips.named("matroska").path) { file in
      try withOptions(VPREP_TENCENT, { $0.preview_count = 1 }) { options in
        let answer = try Answer { vprep_prepare(file, output, options, $0) }
        let written = try #require(try answer.object("fit")["output"] as? [String: Any])
        #expect(written["path"] as? String == output)
        #expect(written["container"] as? String == "mp4")
        #expect(try folder.contents == ["out.mp4"])
        let verdict = try answer.object("outputVerdict")
        #expect(answer.has(try #require(Answer.status(of: verdict, strict: false))))
        #expect((answer.json["previews"] as? [Any])?.count == 1)
      }
    }
  }

  @Test("judge the photo and the request that go with a clip")
  func request() throws {
    let photo = try Data(contentsOf: TestClips.named("photo-two-faces").url)
    try withFile(TestClips.named("good-silent").path) { file in
      try photo.withUnsafeBytes { bytes in
        try #"{"LivenessType": "SILENT", "Region": "mars"}"#.withCString { request in
          var photo = vprep_clip_memory(bytes.baseAddress, bytes.count, nil)
          try withUnsafePointer(to: &photo) { photo in
            let change = { (options: inout vprep_options) in
              (options.photo, options.request_json) = (photo, request)
            }
            try withOptions(VPREP_TENCENT, change) { options in
              let answer = try Answer { vprep_check(file, options, $0) }
              #expect(answer.has(VPREP_REFUSED))
              #expect(try answer.object("photo")["path"] as? String == "memory")
              let findings = try #require(answer.json["lint"] as? [[String: Any]])
              #expect(findings.contains { $0["key"] as? String == "Region" })
              let predictions = try answer.object("verdict")["predictions"] as? [[String: Any]]
              let codes = try #require(predictions).compactMap { $0["code"] as? String }
              #expect(codes.contains("FailedOperation.LifePhotoDetectFaces"))
            }
          }
        }
      }
    }
  }

  @Test("fit a stretch of a clip without judging it")
  func fit() throws {
    let folder = try TemporaryFolder()
    let output = folder.path("out.mp4")
    try withFile(TestClips.named("long-5").path) { file in
      let change = { (options: inout vprep_options) in
        (options.window_start, options.window_end) = (1, 2)
      }
      try withOptions(VPREP_MEGVII, change) { options in
        let answer = try Answer { vprep_fit(file, output, options, $0) }
        #expect(answer.has(VPREP_ACCEPTED))
        #expect(answer.json["verdict"] is NSNull)
        let written = try #require(try answer.object("fit")["output"] as? [String: Any])
        #expect(abs(try #require(written["durationSeconds"] as? Double) - 1) < 0.1)
      }
    }
  }

  @Test("return previews, and write them where a path is given")
  func preview() throws {
    let folder = try TemporaryFolder()
    let output = folder.path("face.jpg")
    try withFile(TestClips.named("good-megvii").path) { file in
      try withOptions(VPREP_NO_PROVIDER, { $0.preview_count = 1 }) { options in
        let answer = try Answer { vprep_preview(file, output, options, $0) }
        #expect(answer.has(VPREP_ACCEPTED))
        let previews = try #require(answer.json["previews"] as? [[String: Any]])
        let image = try #require(previews.first?["image"] as? String)
        let head = "data:image/jpeg;base64,"
        #expect(image.hasPrefix(head))
        let jpeg = try #require(Data(base64Encoded: String(image.dropFirst(head.count))))
        #expect(try Data(contentsOf: folder.file("face.jpg")) == jpeg)
      }
    }
  }

  @Test("run side by side and answer the same")
  func sideBySide() async throws {
    let path = try TestClips.named("good-megvii").path
    let reports = try await withThrowingTaskGroup(of: Data.self) { group in
      for _ in 0..<4 {
        group.addTask {
          try withFile(path) { file in
            var answer = try Answer { vprep_probe(file, nil, $0) }.json
            answer["timing"] = nil
            return try JSONSerialization.data(withJSONObject: answer, options: .sortedKeys)
          }
        }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(reports.count == 1)
  }

  @Test("may put out no text when only the status is wanted")
  func statusAlone() throws {
    try withFile(TestClips.named("good-megvii").path) { file in
      #expect(vprep_probe(file, nil, nil) == Int32(VPREP_ACCEPTED.rawValue))
    }
    #expect(vprep_probe(nil, nil, nil) == Int32(VPREP_USAGE.rawValue))
  }
}
