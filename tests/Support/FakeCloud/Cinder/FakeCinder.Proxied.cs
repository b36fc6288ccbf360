using System.Text.Json.Nodes;

namespace Cascade.Support;

/// <summary>What a Cinder-Proxy does for a parent's volume, as far as a compute can tell: it answers where the volume is, and keeps a volume that the child still uses.</summary>
public sealed partial class FakeCinder
{
    private JsonObject Cascaded(FakeVolume volume, FakeAttachment attachment, JsonObject connector)
    {
        // Refused as cinder's InvalidInput, which the API of Zed turns into 500 with the text.
        if (connector["cascade"] is not JsonObject asking || (string?)asking["child_region"] != CascadesTo!.Options.Region)
        {
            throw new FakeRefusal(500, $"Unable to update attachment.(Invalid input received: volume {volume.Id} is in region {CascadesTo!.Options.Region} and reached from there only).");
        }

        if (volume.ProviderId is not { } childId || CascadesTo.Cinder.Find(childId) is null)
        {
            throw new FakeRefusal(500, $"Unable to update attachment.(Bad or unexpected response from the storage volume backend API: volume {volume.Id} is not in the child).");
        }

        // The child's nova boots from nothing else.
        CascadesTo.Cinder.Change(childId, one => one.Bootable = volume.Bootable);
        return new JsonObject
        {
            ["driver_volume_type"] = "cascade", ["attachment_id"] = attachment.Id, ["volume_id"] = volume.Id, ["child_volume_id"] = childId,
            ["child_region"] = CascadesTo.Options.Region, ["child_project_id"] = volume.ProjectId, ["access_mode"] = "rw", ["encrypted"] = false, ["cacheable"] = false,
            ["qos_specs"] = null, ["enforce_multipath"] = false,
        };
    }

    /// <summary>What the proxy sees of its child, it says of the parent's volumes.</summary>
    private void Follow()
    {
        foreach (var volume in volumes.Values.ToList())
        {
            var behind = volume.ProviderId is { } childId ? CascadesTo!.Cinder.Find(childId) : null;
            switch (volume.Status)
            {
                case "creating" when !held.Contains("create"):
                    SetStatus(volume, behind?.Status is null or "error" ? "error" : behind.Status is "creating" ? "creating" : "available");
                    break;
                case "deleting" when !held.Contains("delete"):
                    if (behind is not null)
                    {
                        CascadesTo!.Cinder.Change(behind.Id, one => one.Status = "deleting");
                    }

                    Forget(volume);
                    break;
            }
        }
    }

    /// <summary>The barrier: never free in the parent what the child's server still has.</summary>
    private void Bar(FakeVolume volume, FakeAttachment attachment)
    {
        if (CascadesTo is not { } child || volume.ProviderId is not { } childId)
        {
            return;
        }

        var stamp = $"cascade:{attachment.Instance}";
        if (child.Nova.Servers.Any(server => server.Tags.Contains(stamp) && server.Volumes.Any(one => one.VolumeId == childId)))
        {
            throw new FakeRefusal(500, $"Bad or unexpected response from the storage volume backend API: child volume {childId} is still attached.");
        }
    }
}
