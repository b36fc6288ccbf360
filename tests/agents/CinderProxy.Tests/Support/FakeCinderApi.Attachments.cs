using System.Text.Json.Nodes;

namespace CinderProxy.Tests.Support;

sealed partial class FakeCinderApi
{
    /// <summary>POST /attachments: reserved, without a word to the manager (cinder/volume/api.py: API._attachment_reserve).</summary>
    public string Reserve(string volumeId, string instance)
    {
        var id = NewId();
        rows.Insert("volume_attachment", ("id", id), ("volume_id", volumeId), ("instance_uuid", instance), ("attach_status", "reserved"), ("attach_mode", "null"));
        if ((string?)rows.Row("volumes", volumeId)["status"] == "available")
        {
            rows.Update("volumes", volumeId, ("status", "reserved"), ("attach_status", "reserved"));
        }

        return id;
    }

    /// <summary>PUT /attachments/{id}.</summary>
    /// <param name="connector">Null for that of a Nova-Proxy of region RegionOne.</param>
    public Order UpdateAttachment(string id, JsonObject? connector = null) =>
        AboutVolume("attachment_update", VolumeOf(id), args => (args["attachment_id"], args["connector"]) = (id, connector ?? Connector()), "vref");

    /// <summary>The connector that a Nova-Proxy sends.</summary>
    /// <param name="server">The child's server; null in a build, which attaches first.</param>
    public static JsonObject Connector(string? server = null, string? region = "RegionOne")
    {
        var connector = RpcSample.Read("attachment_update")["args"]!["connector"]!.DeepClone().AsObject();
        var ours = new JsonObject { ["child_region"] = region };
        if (server is not null)
        {
            ours["child_server_id"] = server;
        }

        connector["cascade"] = ours;
        return connector;
    }

    /// <summary>The API stores what the manager answered (cinder/volume/api.py: API.attachment_update).</summary>
    public void Answered(string id, JsonNode info) => rows.Update("volume_attachment", id, ("connection_info", info.ToJsonString()));

    /// <summary>os-complete (cinder/api/v3/attachments.py: complete).</summary>
    public void Complete(string id)
    {
        rows.Update("volume_attachment", id, ("attach_status", "attached"));
        rows.Update("volumes", VolumeOf(id), ("status", "in-use"), ("attach_status", "attached"));
    }

    /// <summary>DELETE /attachments/{id}: asked before anything is written.</summary>
    public Order DeleteAttachment(string id) => AboutVolume("attachment_delete", VolumeOf(id), args => args["attachment_id"] = id, "vref");

    /// <summary>What the API writes when the manager has answered (cinder/objects/volume.py: finish_detach).</summary>
    public void Detached(string id)
    {
        var volume = VolumeOf(id);
        rows.Update("volume_attachment", id, ("deleted", 1), ("attach_status", "detached"), ("detach_time", ParentRows.Now));
        if (rows.Number("SELECT COUNT(*) FROM volume_attachment WHERE volume_id=@p0 AND deleted=0", volume) == 0)
        {
            rows.Update("volumes", volume, ("status", "available"), ("attach_status", "detached"));
        }
    }

    /// <summary>os-attach (cinder/volume/api.py: API.attach).</summary>
    public Order Attach(string volumeId, string instance, string mode = "rw") => AboutVolume(
        "attach_volume", volumeId, args => (args["volume_id"], args["instance_uuid"], args["mode"]) = (volumeId, instance, mode));

    /// <summary>os-detach and os-force_detach.</summary>
    public Order Detach(string volumeId, string? attachment) => AboutVolume(
        "detach_volume", volumeId, args => (args["volume_id"], args["attachment_id"]) = (volumeId, attachment));

    string VolumeOf(string attachment) => (string)rows.Row("volume_attachment", attachment)["volume_id"]!;
}
