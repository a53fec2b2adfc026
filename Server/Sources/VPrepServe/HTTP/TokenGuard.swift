import Hummingbird

/// Lets requests pass that name a token.
struct TokenGuard: RouterMiddleware {
  typealias Context = ServeContext

  /// `nil` lets every request pass.
  let tokens: Tokens?

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard let tokens else { return try await next(request, context) }
    guard let owner = tokens.owner(request.headers[.authorization]) else {
      throw ServiceError(
        status: .unauthorized, kind: "unauthorized",
        message: "the request names no token that is accepted",
        advice: "Send Authorization: Bearer TOKEN.", rest: .all)
    }
    var context = context
    context.owner = owner
    return try await next(request, context)
  }
}
