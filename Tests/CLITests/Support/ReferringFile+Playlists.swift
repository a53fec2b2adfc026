import Foundation

extension ReferringFile {
  /// Texts that a reader would take for a list of clips, under the names of clips.
  static let playlists: [ReferringFile] = [
    ReferringFile("HLS", name: "list.mp4") { target in
      "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:5\n"
        + target.references.map { "#EXTINF:3,\n\($0)\n" }.joined() + "#EXT-X-ENDLIST\n"
    },
    ReferringFile("HLS with a key and a map", name: "list.webm") { target in
      target.references.map { reference in
        "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXT-X-KEY:METHOD=AES-128,URI=\"\(reference)\"\n"
          + "#EXT-X-MAP:URI=\"\(reference)\"\n#EXTINF:3,\n\(reference)\n"
      }.joined()
    },
    ReferringFile("HLS master", name: "list.avi") { target in
      "#EXTM3U\n"
        + target.references.map { "#EXT-X-STREAM-INF:BANDWIDTH=1\n\($0)\n" }.joined()
    },
    ReferringFile("DASH", name: "list.webm") { target in
      let bases = target.references.map { "<BaseURL>\($0)</BaseURL>" }.joined()
      return """
        <?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" \
        mediaPresentationDuration="PT3S"><Period>\(bases)<AdaptationSet mimeType="video/mp4">\
        <Representation id="1" bandwidth="1" codecs="avc1.64001f"><SegmentList duration="3">\
        <SegmentURL media="canary.mp4"/></SegmentList></Representation></AdaptationSet>\
        </Period></MPD>
        """
    },
    ReferringFile("ffconcat", name: "list.avi") { target in
      "ffconcat version 1.0\n" + target.references.map { "file '\($0)'\n" }.joined()
    },
    ReferringFile("SDP", name: "list.mp4") { target in
      let port = target.address.split(separator: ":").last ?? "5004"
      return "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + "m=video \(port) RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
    },
    ReferringFile("M3U", name: "list.mp4") { $0.references.joined(separator: "\n") },
    ReferringFile("PLS", name: "list.webm") { target in
      "[playlist]\nNumberOfEntries=1\nFile1=\(target.canary)\nFile2=http://\(target.address)/\n"
    },
    ReferringFile("ASX", name: "list.asf") { target in
      let entries = target.references.map { "<entry><ref href=\"\($0)\"/></entry>" }
      return "<asx version=\"3.0\">\(entries.joined())</asx>"
    },
    ReferringFile("ASF references", name: "list.asf") { target in
      "[Reference]\r\nRef1=http://\(target.address)/x\r\nRef2=\(target.canary)\r\n"
    },
    ReferringFile("RTSP text", name: "list.mov") { "RTSPtext\r\nrtsp://\($0.address)/clip\r\n" },
    ReferringFile("SMIL", name: "list.mp4") { target in
      "<smil><body>"
        + target.references.map { "<video src=\"\($0)\"/>" }.joined() + "</body></smil>"
    },
    ReferringFile("XSPF", name: "list.mp4") { target in
      let tracks = target.references.map { "<track><location>\($0)</location></track>" }.joined()
      return "<?xml version=\"1.0\"?><playlist version=\"1\"><trackList>\(tracks)</trackList>"
        + "</playlist>"
    },
    ReferringFile("IMF", name: "list.mp4") { target in
      "<?xml version=\"1.0\"?><CompositionPlaylist "
        + "xmlns=\"http://www.smpte-ra.org/schemas/2067-3/2016\"><Id>\(target.canary)</Id>"
        + "</CompositionPlaylist>"
    },
    ReferringFile("AviSynth", name: "script.avi") { "AVISource(\"\($0.canary)\")\n" },
    ReferringFile("VapourSynth", name: "script.mp4") { target in
      "import vapoursynth as vs\nvs.core.lsmas.LibavSMASHSource('\(target.canary)').set_output()\n"
    },
    ReferringFile("subtitles with an address", name: "list.mp4") { target in
      "1\n00:00:00,000 --> 00:00:03,000\n<img src=\"http://\(target.address)/x\">\n"
    },
    ReferringFile("a web page", name: "page.mp4") { target in
      "<html><video src=\"http://\(target.address)/x\"><img src=\"\(target.canary)\"></html>"
    },
    ReferringFile("SVG", name: "drawing.png") { target in
      let images = target.references.map {
        "<image xlink:href=\"\($0)\" width=\"9\" height=\"9\"/>"
      }
      return "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" "
        + "xmlns:xlink=\"http://www.w3.org/1999/xlink\">\(images.joined())</svg>"
    },
  ]
}
