using Cascade.Support;

namespace CinderProxy.Tests.Support;

/// <summary>A server that has a volume, in both clouds: what nova, the Nova-Proxy and cinder-api do one after the other (design D12).</summary>
/// <param name="Instance">The parent's server.</param>
/// <param name="Server">The child's.</param>
/// <param name="Attachment">The parent's attachment.</param>
sealed record Attached(string Instance, string Server, string Attachment)
{
    /// <returns>The volume, and who has it now.</returns>
    public static async Task<(string Volume, Attached By)> AttachAsync(World world, string volume, string? instance = null, FakeServer? on = null)
    {
        instance ??= world.Above.Nova.Plant("vm", world.Api.Project, "u1").Id;
        var server = on ?? world.Child.Nova.Plant("vm", world.Api.Project, world.Child.Keystone.UserId);
        var attachment = world.Api.Reserve(volume, instance);
        var info = await world.ThroughAsync(world.DeliverAsync(world.Api.UpdateAttachment(attachment, FakeCinderApi.Connector(server.Id))));
        world.Api.Answered(attachment, info!);
        world.Child.Nova.AttachByHand(server.Id, world.Link(volume)!);
        world.Api.Complete(attachment);
        return (volume, new(instance, server.Id, attachment));
    }
}
