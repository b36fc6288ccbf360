using Cascade.Support;

namespace Cascade.L2Proxy.Tests.Kills;

/// <summary>What tenants, nova and the child's servers do between two deaths, to ports in whatever state they are.</summary>
sealed class RandomLoad(KillWorld world, Random random, IReadOnlyList<string> networks)
{
    readonly List<string> living = [];
    int made;
    int deleted;
    int moved;

    public IReadOnlyCollection<string> Living => living;

    public void Next()
    {
        for (var more = random.Next(1, 4); more > 0; more--)
        {
            living.Add(world.Parent.Server.AddPort(networks[random.Next(networks.Count)], world.Parent.Host));
            made++;
        }

        while (living.Count > 1 && random.Next(100) < 45)
        {
            Leave(living[random.Next(living.Count)]);
        }

        var some = living[random.Next(living.Count)];
        world.Parent.Server.EditPort(some, port => port["name"] = $"name-{random.Next(1000)}");
        if (world.ChildPort(living[random.Next(living.Count)]) is { } there)
        {
            Switch(there);
        }
    }

    public override string ToString() => $"{made} ports made, {deleted} deleted, {moved} bound elsewhere, {living.Count} live";

    /// <summary>It is deleted, or it goes to another host.</summary>
    void Leave(string port)
    {
        living.Remove(port);
        if (world.ChildPort(port) is { } there)
        {
            // Nova has taken it away from its server, as it does before.
            world.Child.Neutron.Change("ports", (string)there["id"]!, members => (members["device_id"], members["device_owner"], members["status"]) = ("", "", "DOWN"));
        }

        if (random.Next(4) == 0)
        {
            world.Parent.Server.BindPort(port, "cloud-b");
            moved++;
        }
        else
        {
            world.Parent.Server.DeletePort(port);
            deleted++;
        }
    }

    /// <summary>A server of the child takes it, or is shut off.</summary>
    void Switch(System.Text.Json.Nodes.JsonObject there)
    {
        if ((string?)there["status"] is "ACTIVE")
        {
            world.Child.Neutron.SetPortStatus((string)there["id"]!, "DOWN");
        }
        else
        {
            world.Child.Neutron.Change("ports", (string)there["id"]!, members =>
                (members["device_id"], members["device_owner"], members["status"]) = (Guid.NewGuid().ToString(), "compute:nova", "ACTIVE"));
        }
    }
}
