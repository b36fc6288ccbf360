namespace Cascade.OpenStack;

/// <summary>On whose behalf a request is made: which project the token is scoped to, or whose token it is.</summary>
public abstract record Scope
{
    private Scope()
    {
    }

    /// <summary>The project in the configuration (or of the application credential).</summary>
    public static Scope Own { get; } = new OwnScope(false);

    /// <summary>As <see cref="Own"/>, and as a service: our token also as <c>X-Service-Token</c>, where only a service may do something.</summary>
    public static Scope Service { get; } = new OwnScope(true);

    /// <summary>
    /// Our own user in a tenant's project, by an inherited role. Needs a password: an application credential cannot be
    /// scoped again (keystone/auth/core.py: AuthInfo refuses an explicit scope with application_credential).
    /// </summary>
    /// <param name="projectId">Keystone id of the project.</param>
    public static Scope Project(string projectId)
    {
        ArgumentException.ThrowIfNullOrEmpty(projectId);
        return new ProjectScope(projectId);
    }

    /// <summary>Somebody's own token, as it came with a request. It cannot be renewed: a 401 is final.</summary>
    /// <param name="userToken">The token itself; never logged.</param>
    /// <param name="withServiceToken">
    /// Send our own token as <c>X-Service-Token</c> beside it, so that an expired user token is still accepted within
    /// <c>allow_expired_window</c> (keystonemiddleware/auth_token: BaseAuthProtocol.process_request).
    /// </param>
    public static Scope Token(string userToken, bool withServiceToken = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(userToken);
        return new TokenScope(userToken, withServiceToken);
    }

    internal sealed record OwnScope(bool WithServiceToken) : Scope
    {
        public override string ToString() => "own project";
    }

    internal sealed record ProjectScope(string ProjectId) : Scope
    {
        public override string ToString() => $"project {ProjectId}";
    }

    internal sealed record TokenScope(string UserToken, bool WithServiceToken) : Scope
    {
        public override string ToString() => "a token that was handed in";
    }
}
