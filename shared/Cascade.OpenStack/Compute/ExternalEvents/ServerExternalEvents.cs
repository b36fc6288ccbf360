using Cascade.OpenStack.Http;

namespace Cascade.OpenStack.Compute;

/// <summary>What other services tell nova of its servers. For administrators and services.</summary>
public sealed class ServerExternalEvents
{
    private readonly ServiceClient client;

    internal ServerExternalEvents(ServiceClient client) => this.client = client;

    /// <summary>
    /// Tells of them; nova passes each on to the server's compute. One whose server is not there, or is on no host yet, is answered with a code of its own (404, 422)
    /// and nothing else; NotFound when none could be passed on (nova/api/openstack/compute/server_external_events.py: create).
    /// </summary>
    public Task CreateAsync(Scope scope, IReadOnlyList<ExternalEvent> events, CancellationToken cancelled) => client.DoAsync(
        scope,
        ApiRequest.Post("/os-server-external-events", new ExternalEventsBody(events), ComputeJson.Default.ExternalEventsBody) with
        {
            Idempotent = true,
            Floor = events.Any(one => one.Name == ExternalEvent.VolumeReimaged) ? new(2, 93) : events.Any(one => one.Name == ExternalEvent.VolumeExtended) ? new(2, 51) : null,
            FloorReason = "events of volumes",
        },
        cancelled);
}
