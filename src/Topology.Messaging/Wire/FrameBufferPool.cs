namespace Topology.Messaging;

/// <summary>Buffers that were sent, for the frames to come. Keeps a set number, and none that a large value has made grow. Thread-safe.</summary>
/// <param name="size">The size of a new buffer in bytes: the size at which frames are sent, and room for a row beyond it.</param>
/// <param name="kept">How many free buffers are kept.</param>
/// <param name="largest">The size that a buffer may grow to.</param>
internal sealed class FrameBufferPool(int size = 80 * 1024, int kept = 32, int largest = FrameBuffer.Largest)
{
    private readonly FrameBuffer?[] _free = new FrameBuffer?[kept];
    private readonly Lock _lock = new();
    private int _count;

    /// <summary>An empty buffer.</summary>
    public FrameBuffer Rent()
    {
        lock (_lock)
        {
            if (_count > 0)
            {
                var buffer = _free[--_count]!;
                _free[_count] = null;
                return buffer;
            }
        }

        return new FrameBuffer(size, largest);
    }

    /// <summary>Takes a buffer back that nobody reads any more.</summary>
    public void Return(FrameBuffer buffer)
    {
        if (buffer.Size > 2 * size) return;
        buffer.Written = 0;
        lock (_lock)
        {
            if (_count < _free.Length) _free[_count++] = buffer;
        }
    }
}
