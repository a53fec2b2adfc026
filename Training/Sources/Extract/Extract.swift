import Foundation

/// Reads pictures and clips as `vprep check` does, and writes what the scores of occlusion are trained on.
///
///     extract FOLDER < list              finds the face in each file of the list, a path a line
///     extract --places FOLDER < list     finds what might be a face in each picture of the list
///     extract --features FOLDER          computes the features of the crops in a folder
///
/// The first writes `index.tsv`, a line for each face; `crops.u8`, what the landmark network is shown of
/// it; and `landmarks.f32`, the x and y of 468 landmarks in each crop. The second writes the first two of
/// these, with up to ten lines for a picture. The third reads `crops.u8` and writes `features.f32`.
@main
struct Extract {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    if arguments.count == 2, arguments.first == "--features", let folder = arguments.last {
      try FeatureWriter().run(folder)
    } else if arguments.count == 2, arguments.first == "--places", let folder = arguments.last {
      try places(to: folder)
    } else if arguments.count == 1, let folder = arguments.first {
      try faces(to: folder)
    } else {
      throw Failure(text: "usage: extract [--places] FOLDER < list, or extract --features FOLDER")
    }
  }

  private static func faces(to folder: String) throws {
    let output = try CropWriter(folder: folder)
    var reader = try CropReader()
    while let path = readLine() {
      do {
        try reader.read(path) { try output.write($0, of: path) }
      } catch {
        FileHandle.standardError.write(Data("\(path): \(error)\n".utf8))
      }
    }
  }
}

extension Extract {
  fileprivate static func places(to folder: String) throws {
    let output = try PlaceWriter(folder: folder)
    var reader = try PlaceReader()
    while let path = readLine() {
      do {
        try output.write(reader.read(path), of: path)
      } catch {
        FileHandle.standardError.write(Data("\(path): \(error)\n".utf8))
      }
    }
  }
}

/// Numbers of 0–1 as bytes.
func bytes(_ samples: [Float]) -> Data {
  Data(samples.map { UInt8(min(max($0 * 255, 0), 255).rounded()) })
}

/// Why the program ends.
struct Failure: Error, CustomStringConvertible {
  let text: String
  var description: String { text }
}

/// Makes a file for writing; what was there is gone.
func created(_ path: String) throws -> FileHandle {
  guard FileManager.default.createFile(atPath: path, contents: nil),
    let handle = FileHandle(forWritingAtPath: path)
  else { throw Failure(text: "\(path) cannot be written") }
  return handle
}
