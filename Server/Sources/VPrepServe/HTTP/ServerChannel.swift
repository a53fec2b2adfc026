import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOSSL

/// How connections are served.
enum ServerChannel {
  /// Seconds after which a connection is closed on which nothing moves.
  private static let idleSeconds: Int64 = 20

  /// - Parameters:
  ///   - maximumBytes: the largest body that is asked for.
  ///   - tls: files of the certificate chain and its key.
  static func builder(
    maximumBytes: Int, tls: (certificate: String, key: String)?
  ) throws -> HTTPServerBuilder {
    let plain = HTTPServerBuilder { responder in
      HTTP1Channel(
        responder: { request, writer, channel in
          // A client that asks first whether to send its body is told to, or sees the refusal.
          if request.headers[.expect]?.lowercased() == "100-continue",
            request.headers[.contentLength].flatMap({ Int($0) }) ?? 0 <= maximumBytes
          {
            try await writer.writeInformationalHead(HTTPResponse(status: .continue))
          }
          try await responder(request, writer, channel)
        },
        configuration: HTTP1Channel.Configuration(idleTimeout: .seconds(idleSeconds)))
    }
    guard let tls else { return plain }
    let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate).map {
      NIOSSLCertificateSource.certificate($0)
    }
    let key = try NIOSSLPrivateKey(file: tls.key, format: .pem)
    return try .tls(
      plain,
      tlsConfiguration: .makeServerConfiguration(
        certificateChain: chain, privateKey: .privateKey(key)))
  }
}
