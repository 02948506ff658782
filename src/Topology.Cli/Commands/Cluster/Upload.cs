using Topology.Cluster;

namespace Topology.Cli;

/// <summary>Packs a build's output and sends it, unless the cluster has it.</summary>
internal static class Upload
{
    private const int BarLength = 20;

    /// <returns>What the cluster knows it by.</returns>
    /// <exception cref="UploadException">It is refused.</exception>
    public static async Task<UploadId> SendAsync(string folder, TopologyManifest manifest, IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        var work = Directory.CreateTempSubdirectory("topology-submit-");
        try
        {
            var zip = Path.Combine(work.FullName, "package.zip");
            var package = TopologyPackage.Pack(folder, manifest, zip, cancellation: cancellation);
            if (await service.HasUploadAsync(package.Id, cancellation).ConfigureAwait(false))
            {
                context.Lines.Write($"the cluster has this package already, sha256 {package.Id}");
                return package.Id;
            }

            await SendAsync(zip, package, service, context, cancellation).ConfigureAwait(false);
            context.Lines.Write($"uploaded {Figures.Bytes(package.Bytes)}, sha256 {package.Id}");
            return package.Id;
        }
        finally
        {
            work.Delete(recursive: true);
        }
    }

    private static async Task SendAsync(string zip, TopologyPackage package, IClusterService service, CommandContext context, CancellationToken cancellation)
    {
        using var content = new FileStream(zip, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0, FileOptions.Asynchronous);
        var block = context.Console.IsErrorTerminal ? new LiveBlock(context.Console) : null;
        using var above = block is null ? null : context.Lines.WriteAbove(line => block.WriteAbove(line + "\n"));
        try
        {
            await service.UploadAsync(package.Id, content, block is null ? null : new Bar(package.Bytes, block), cancellation).ConfigureAwait(false);
        }
        finally
        {
            block?.Erase();
        }
    }

    /// <summary>Draws how far it is, at each percent; on the thread that tells it, since a later drawing must not come before an earlier one.</summary>
    private sealed class Bar(long all, LiveBlock block) : IProgress<long>
    {
        private long _percent = -1;

        public void Report(long value)
        {
            var percent = all == 0 ? 100 : Math.Clamp(value * 100 / all, 0, 100);
            if (percent == _percent) return;
            _percent = percent;
            var done = (int)(percent * BarLength / 100);
            block.Draw([$"uploading {new string('█', done)}{new string('░', BarLength - done)} {percent}%"]);
        }
    }
}
