import Foundation
import TestSupport
import Testing

@Suite("A program that uses FFmpeg itself")
struct HostLogTests {
  private static let program = """
    #include <libavcodec/avcodec.h>
    #include <libavutil/log.h>
    #include <stdio.h>
    #include "vprep.h"

    int main(int argc, char **argv) {
      (void)argc;
      vprep_clip clip = vprep_clip_file(argv[1]);
      vprep_options options;
      vprep_options_init(&options, sizeof options);
      options.provider = VPREP_MEGVII;
      char *json = NULL;
      vprep_check(&clip, &options, &json);
      puts(json);
      vprep_free(json);
      av_log(NULL, AV_LOG_WARNING, "a message of the host\\n");
      av_log(NULL, AV_LOG_DEBUG, "one below its level\\n");
      AVCodecContext *context = avcodec_alloc_context3(NULL);
      context->opaque = &clip;
      av_log(context, AV_LOG_ERROR, "a message of its decoder\\n");
      avcodec_free_context(&context);
      return 0;
    }
    """

  @Test("keeps its log, in which vprep says nothing and counts what concerns its clips")
  func hostsLog() throws {
    let folder = try TemporaryFolder()
    let source = folder.file("host.c")
    try Data(Self.program.utf8).write(to: source)
    let compiled = try CProgramTests.compile(
      source, to: folder.path("host"), language: ["-std=c11"], with: ["-lavcodec", "-lavutil"])
    try #require(compiled.status == 0, "\(compiled.errorText)")

    let ran = try runProcess(folder.path("host"), [try TestClips.named("noise-in-data").path])
    let report = try #require(
      try JSONSerialization.jsonObject(with: ran.output) as? [String: Any], "\(ran.outputText)")
    let input = try #require(report["input"] as? [String: Any])
    #expect((input["warnings"] as? [String])?.isEmpty == false)
    let lines = ran.errorText.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(lines.first == "a message of the host")
    #expect(lines.last?.hasSuffix("a message of its decoder") == true)
  }
}
