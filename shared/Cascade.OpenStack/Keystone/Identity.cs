using System.Collections.Concurrent;
using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Keystone;

/// <summary>Tokens, one per scope, kept until nine tenths of their life and fetched once however many want them.</summary>
public sealed class Identity
{
    private const int ManySlots = 1000;

    /// <summary>What was found out about a token that was handed in does not change; it cannot be renewed, so its end does not matter here.</summary>
    private static readonly TimeSpan LookedAtFor = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<Scope, TokenSlot> slots = new();
    private readonly Transport transport;
    private readonly RawClient raw;

    internal Identity(Transport transport)
    {
        this.transport = transport;
        var root = transport.Options.AuthUrl.AbsoluteUri.TrimEnd('/');
        raw = new RawClient(transport, "identity", ServiceTimeouts.Short)
        {
            Root = root.EndsWith("/v3", StringComparison.Ordinal) ? root : root + "/v3",
        };
    }

    /// <summary>A token for the scope; for <see cref="Scope.Token"/> the token that was handed in, with its own catalog.</summary>
    /// <exception cref="CloudFault">Forbidden: wrong password, or no role in the project; Unsupported: an application credential for
    /// another project; Unavailable: no answer.</exception>
    public Task<Token> TokenAsync(Scope scope, CancellationToken cancelled) => SlotOf(scope).GetAsync(cancelled);

    /// <summary>Keystone id of our own user.</summary>
    public async Task<string> UserIdAsync(CancellationToken cancelled) => (await TokenAsync(Scope.Own, cancelled)).UserId;

    /// <summary>Keystone id of the project that the scope is in.</summary>
    public async Task<string?> ProjectIdAsync(Scope scope, CancellationToken cancelled) => (await TokenAsync(scope, cancelled)).ProjectId;

    internal void Refuse(Scope scope, Token refused) => SlotOf(scope).Refuse(refused);

    private TokenSlot SlotOf(Scope asked)
    {
        // With or without a service's word it is the same token.
        var scope = asked is Scope.OwnScope ? Scope.Own : asked;
        if (slots.Count > ManySlots)
        {
            foreach (var (old, slot) in slots)
            {
                if (slot.IsIdle)
                {
                    slots.TryRemove(old, out _);
                }
            }
        }

        return slots.GetOrAdd(scope, wanted => new TokenSlot(cancelled => FetchAsync(wanted, cancelled), transport.Options.Name, transport.Time));
    }

    private Task<Token> FetchAsync(Scope scope, CancellationToken cancelled) =>
        scope is Scope.TokenScope handed ? LookAtAsync(handed, cancelled) : IssueAsync(scope, cancelled);

    private async Task<Token> IssueAsync(Scope scope, CancellationToken cancelled)
    {
        var body = AuthRequest.For(transport.Options, scope);
        // A second token costs nothing and changes nothing, so this POST, and only this one, may be sent again.
        var request = ApiRequest.Post("/auth/tokens", body, KeystoneJson.Default.AuthRequest) with { Idempotent = true };
        using var answer = await raw.SendAsync(request, _ => { }, cancelled);
        var value = answer.Headers.TryGetValues("X-Subject-Token", out var values) ? values.First() : throw raw.Garbage(answer, request, "no X-Subject-Token");
        var said = await raw.ReadAsync(answer, request, KeystoneJson.Default.TokenAnswer, cancelled);
        var token = TokenFrom(value, said.Token, answer.Headers.Date);
        Log.TokenGot(transport.Log, transport.Options.Name, scope.ToString()!, token.ExpiresAt);
        return token;
    }

    // keystone: GET /v3/auth/tokens validates the token in X-Subject-Token. Everybody may ask about his own
    // (keystone/common/policies/token.py: TOKEN_SUBJECT); an expired one only a service may ask about, with allow_expired
    // (keystone/api/auth.py: AuthTokenResource.get).
    private async Task<Token> LookAtAsync(Scope.TokenScope handed, CancellationToken cancelled)
    {
        if (!handed.WithServiceToken)
        {
            return await LookAtAsync(handed, handed.UserToken, cancelled);
        }

        var own = await TokenAsync(Scope.Own, cancelled);
        try
        {
            return await LookAtAsync(handed, own.Value, cancelled);
        }
        catch (CloudFault fault) when (fault.Status is 401)
        {
            Refuse(Scope.Own, own);
            return await LookAtAsync(handed, (await TokenAsync(Scope.Own, cancelled)).Value, cancelled);
        }
    }

    private async Task<Token> LookAtAsync(Scope.TokenScope handed, string asking, CancellationToken cancelled)
    {
        var request = ApiRequest.Get("/auth/tokens", handed.WithServiceToken ? "allow_expired=1" : null);
        using var answer = await raw.SendAsync(
            request,
            message =>
            {
                message.Headers.TryAddWithoutValidation("X-Auth-Token", asking);
                message.Headers.TryAddWithoutValidation("X-Subject-Token", handed.UserToken);
            },
            cancelled);
        var said = await raw.ReadAsync(answer, request, KeystoneJson.Default.TokenAnswer, cancelled);
        return TokenFrom(handed.UserToken, said.Token, answer.Headers.Date, LookedAtFor);
    }

    private Token TokenFrom(string value, TokenBody said, DateTimeOffset? date, TimeSpan? goodFor = null) => new()
    {
        Value = value,
        ExpiresAt = said.ExpiresAt,
        UserId = said.User.Id,
        ProjectId = said.Project?.Id,
        Catalog = CatalogService.Read(said.Catalog),
        Roles = [.. (said.Roles ?? []).Select(role => role.Name ?? role.Id)],
        GotAt = transport.Time.GetTimestamp(),
        // On the cloud's clock, since the two need not agree.
        GoodFor = goodFor ?? said.ExpiresAt - (date ?? said.IssuedAt ?? transport.Time.GetUtcNow()),
    };
}
