internal import FaceModel
internal import Foundation
internal import MediaIO
internal import Services
internal import VPrep

extension Workload {
  /// The clip of the stages: the file that the environment names, else the test clip.
  private static var clip: String {
    ProcessInfo.processInfo.environment["VPREP_BENCHMARK_CLIP"]
      ?? URL(filePath: #filePath).appending(path: "../../../../TestVideos/clips/oversized.mp4")
      .standardizedFileURL.path
  }

  static var networks: [Workload] {
    FaceModelFile.allCases.map { file in
      Workload("inference, \(file.fileName)") {
        let network = NetworkBox(try ModelStore().network(file))
        return { try network.run() }
      }
    }
  }

  static var stages: [Workload] {
    [
      Workload("probe") {
        { keep(try Gate(.megvii).callBlocking(.probe, on: .file(clip))) }
      },
      Workload("decode") { { try decode(clip) } },
      Workload("check, silent") {
        {
          keep(
            try Gate(.tencent(.silent)).callBlocking(.check, on: .file(clip)))
        }
      },
      Workload("judge, 100 frames") {
        let measurements = made(frames: 100)
        let judge = Judge(.tencent(.silent))
        return { keep(judge.verdict(of: measurements)) }
      },
      Workload("preview JPEG, 1080p") {
        let picture = try PictureBox()
        return { try picture.compress() }
      },
    ]
  }

  /// Decodes every picture and looks at none.
  private static func decode(_ path: String) throws {
    let limits = InputLimits()
    let input = try MediaInput(.file(path), limits: limits)
    var reader = try ClipReader(
      input, for: .measure, limits: limits, watchdog: Watchdog(seconds: 600))
    try reader.forEachFrame(
      ClipReader.Decoding(includesAudio: false), video: { _ in .goOn })
  }

  private static func made(frames: Int) -> ClipMeasurements {
    let light = LightMeasurement(
      mean: 120, p05: 40, p50: 120, p95: 200, darkShare: 0.05, brightShare: 0.05,
      clippedShare: 0, unevenness: 0.1)
    return ClipMeasurements(
      file: ClipFacts(
        container: "mp4", bytes: 1_000_000, durationSeconds: 3, videoCodec: "h264",
        audioCodec: "aac", displayWidth: 1080, displayHeight: 1920, frameRate: 30,
        bitRate: 2_000_000, framesDecoded: frames),
      frames: (0..<frames).map {
        FrameMeasurement(time: Double($0) * 0.1, light: light, sharpness: 100)
      }, facesMeasured: true)
  }
}

/// A network that a closure can hold.
private final class NetworkBox {
  private var network: Network

  init(_ network: consuming Network) { self.network = network }

  func run() throws {
    try network.run { (input) throws(ModelError) in
      for index in input.indices { input[index] = 0.5 }
    }
  }
}

/// A picture that a closure can hold: the raw 1920×1080 4:2:0 file that the environment names, else
/// noise.
private final class PictureBox {
  private var picture: PictureBuffer

  init() throws {
    var picture = try PictureBuffer(width: 1920, height: 1080, file: "picture")
    var samples = Noise.bytes(1920 * 1080 * 3 / 2)
    if let path = ProcessInfo.processInfo.environment["VPREP_BENCHMARK_PICTURE"] {
      samples = [UInt8](try Data(contentsOf: URL(filePath: path)))
    }
    var position = 0
    for plane in 0..<3 {
      picture.withMutablePlane(plane) { span, shape in
        for y in 0..<shape.height {
          for x in 0..<shape.width { span[y * shape.stride + x] = samples[position + x] }
          position += shape.width
        }
      }
    }
    self.picture = picture
  }

  func compress() throws {
    keep(try JPEGEncoder.encode(picture, quality: 90, file: "picture"))
  }
}
