import Foundation
import TestSupport
import Testing

@Suite("What the program writes")
struct OutputSafetyTests {
  @Test(
    "goes to the file of that name, also where the name looks like an address or a protocol",
    arguments: ["a:b", "http:", "tcp:", "concat:x|y", "file:", "data:,x"],
    ["matroska.mkv", "good-megvii.mp4"])
  func names(folderName: String, clip: String) throws {
    let folder = try TemporaryFolder()
    let path = "\(folderName)/o.mp4"
    let result = try ErrorOutputTests.shell(
      "mkdir '\(folderName)'; $V fit $C/\(clip) -o '\(path)' --provider tencent", in: folder)
    #expect(result.status == 0, "\(result.errorText)")
    #expect(try folder.contents == [folderName])
    #expect(try Ffprobe.probe(folder.file(path)).video != nil)
  }

  @Test(
    "never takes the place of what is read",
    arguments: [
      ("-o photo.jpg --photo photo.jpg", "the photo"),
      ("-o hard.jpg --photo photo.jpg", "the photo"),
      ("-o request.json --request request.json", "a file that the call reads"),
      ("-o rules.json --rules rules.json", "a file that the call reads"),
      ("-o ./in.mp4", "the input itself"),
    ])
  func inputs(options: String, role: String) throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      cp $C/webm-vp8.webm in.mp4; cp $C/photo.jpg photo.jpg; ln photo.jpg hard.jpg
      echo '{}' > rules.json; echo '{}' > request.json
      md5sum * > /tmp/vprep-sums.$$; $V prep in.mp4 \(options) --provider tencent; status=$?
      md5sum --quiet -c /tmp/vprep-sums.$$ >&2; rm /tmp/vprep-sums.$$; exit $status
      """, in: folder)
    #expect(result.status == 5)
    #expect(result.errorText.contains("the output is \(role)"))
    #expect(!result.errorText.contains("FAILED"))
    #expect(
      try folder.contents == ["hard.jpg", "in.mp4", "photo.jpg", "request.json", "rules.json"])
  }

  @Test("never takes the place of a file that came through a pipe")
  func piped() throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      cp $C/webm-vp8.webm in.mp4
      cat in.mp4 | $V fit - -o in.mp4 --provider tencent; echo $?
      $V fit - -o in.mp4 --provider tencent < in.mp4; echo $?
      cmp in.mp4 $C/webm-vp8.webm && ls -A
      """, in: folder)
    #expect(result.outputText == "5\n5\nin.mp4\n")
    #expect(result.errorText.contains("a file with the same bytes as the pipe"))
  }

  @Test("takes the place of an earlier copy of the piped clip, which loses nothing")
  func pipedAgain() throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      for run in 1 2; do
        cat $C/good-megvii.mp4 | $V fit - -o out.mp4 --provider tencent > /dev/null; echo $?
      done
      ls -A
      """, in: folder)
    #expect(result.outputText == "0\n0\nout.mp4\n")
  }

  @Test("is told apart by NUL in a list of paths, of which none is cut")
  func nulList() throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      mkdir in; cp $C/short-0.4.mp4 in/a.mp4; cp $C/exactly-2.mp4 $'in/b\\nc.mp4'
      find in -type f -print0 | $V batch - -o out --provider megvii --check-only > /dev/null
      printf 'in/a.mp4' | $V batch - -0 -o one --provider megvii --check-only > /dev/null
      printf 'in/a.mp4\\0in/missing.mp4' | $V batch -0 - -o two --provider megvii --check-only \
        > /dev/null
      wc -l < out/report.ndjson; wc -l < one/report.ndjson; wc -l < two/report.ndjson
      """, in: folder)
    #expect(result.outputText.split(whereSeparator: \.isWhitespace) == ["2", "1", "2"])
    let lines = try String(contentsOf: folder.file("out/report.ndjson"), encoding: .utf8)
    #expect(lines.contains(#"in/b\nc.mp4"#) && lines.contains("in/a.mp4"))
  }

  @Test("is removed by the next run where SIGKILL left it half done")
  func killed() throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      $V fit $C/oversized.mp4 -o out.mp4 --provider tencent > /dev/null & pid=$!
      until ls -A | grep -q part; do kill -0 $pid || exit 9; done
      kill -KILL $pid; wait $pid 2> /dev/null
      ls -A | grep -c part
      $V fit $C/good-megvii.mp4 -o other.mp4 --provider tencent > /dev/null; ls -A
      """, in: folder)
    #expect(result.outputText == "1\nother.mp4\n")
  }

  @Test("may have the same name twice: both runs end well, and one output stands")
  func together() throws {
    let folder = try TemporaryFolder()
    let result = try ErrorOutputTests.shell(
      """
      for clip in webm-vp8.webm matroska.mkv; do
        $V fit $C/$clip -o out.mp4 --provider tencent > /dev/null & pids="$pids $!"
      done
      for pid in $pids; do wait $pid; echo $?; done; ls -A
      """, in: folder)
    #expect(result.outputText == "0\n0\nout.mp4\n")
    #expect(try Ffprobe.decodeErrors(folder.file("out.mp4")) == "")
  }
}
