import Hummingbird

/// Lets requests pass that name a token.
struct TokenGuard: RouterMiddleware {
  typealias Context = ServeContext

  /// `nil` lets every request pass.
  let tokens: Tokens?

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    if let tokens, !tokens.accept(request.headers[.authorization]) {
      throw ServiceError(
        status: .unauthorized, kind: "unauthorized",
        message: "the request names no token that is accepted",
        advice: "Send Authorization: Bearer TOKEN.", rest: .all)
    }
    return try await next(request, context)
  }
}
