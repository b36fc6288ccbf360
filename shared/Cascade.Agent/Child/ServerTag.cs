namespace Cascade.Agent.Child;

/// <summary>
/// The tag by which a server of the child says for which server of the parent it stands. Nova-Proxy gives it; Cinder-Proxy asks by it who has a volume. A tenant can change
/// tags: it proves nothing without who made the server.
/// </summary>
public static class ServerTag
{
    public const string Prefix = "cascade:";

    /// <param name="uuid">Of the parent's server.</param>
    public static string Of(string uuid) => Prefix + uuid;
}
