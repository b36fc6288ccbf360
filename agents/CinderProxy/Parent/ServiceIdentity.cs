namespace Cascade.CinderProxy.Parent;

/// <summary>Our row in the parent's services, as it is since we registered; another copy of the agent has the same.</summary>
internal sealed class ServiceIdentity
{
    volatile ServiceKey? key;

    /// <exception cref="InvalidOperationException">Nothing is served before we are registered.</exception>
    public int Id => Key.Id;

    /// <summary>What volumes carry as <c>service_uuid</c>.</summary>
    public string Uuid => Key.Uuid;

    ServiceKey Key => key ?? throw new InvalidOperationException("the service is not registered yet");

    public void Set(int id, string uuid) => key = new(id, uuid);

    sealed record ServiceKey(int Id, string Uuid);
}
