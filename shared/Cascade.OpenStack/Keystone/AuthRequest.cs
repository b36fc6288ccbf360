namespace Cascade.OpenStack.Keystone;

/// <summary>Body of <c>POST /v3/auth/tokens</c> (keystone/auth/schema.py: token_issue).</summary>
internal sealed record AuthRequest(AuthBody Auth)
{
    public static AuthRequest For(CloudOptions options, Scope scope)
    {
        if (options.UsesApplicationCredential)
        {
            return scope is Scope.OwnScope
                ? new AuthRequest(new AuthBody(new AuthIdentity(["application_credential"])
                {
                    ApplicationCredential = new AuthApplicationCredential(
                        options.ApplicationCredentialId!, options.ApplicationCredentialSecret ?? ""),
                }))
                : throw new CloudFault(
                    FaultKind.Unsupported,
                    $"an application credential is bound to its project and cannot be scoped to {scope}; configure username and password for that")
                    { Service = "identity" };
        }

        var user = new AuthUser(options.Username, options.Password, AuthDomain.Of(options.UserDomainId, options.UserDomainName));
        return new AuthRequest(new AuthBody(new AuthIdentity(["password"]) { Password = new AuthPassword(user) }) { Scope = ScopeOf(options, scope) });
    }

    private static AuthScope? ScopeOf(CloudOptions options, Scope scope) => scope switch
    {
        Scope.ProjectScope tenant => new AuthScope(new AuthProject { Id = tenant.ProjectId }),
        _ when options.ProjectId is { } id => new AuthScope(new AuthProject { Id = id }),
        _ when options.ProjectName is { } name => new AuthScope(new AuthProject
        {
            Name = name,
            Domain = AuthDomain.Of(options.ProjectDomainId, options.ProjectDomainName),
        }),
        _ => null,
    };
}

internal sealed record AuthBody(AuthIdentity Identity)
{
    public AuthScope? Scope { get; init; }
}

internal sealed record AuthIdentity(IReadOnlyList<string> Methods)
{
    public AuthPassword? Password { get; init; }

    public AuthApplicationCredential? ApplicationCredential { get; init; }
}

internal sealed record AuthPassword(AuthUser User);

internal sealed record AuthUser(string? Name, string? Password, AuthDomain? Domain)
{
    public override string ToString() => $"user {Name}";
}

internal sealed record AuthApplicationCredential(string Id, string Secret)
{
    public override string ToString() => $"application credential {Id}";
}

internal sealed record AuthScope(AuthProject Project);

internal sealed record AuthProject
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public AuthDomain? Domain { get; init; }
}

internal sealed record AuthDomain(string? Id, string? Name)
{
    public static AuthDomain Of(string? id, string? name) => id is not null ? new AuthDomain(id, null) : new AuthDomain(null, name ?? "Default");
}
