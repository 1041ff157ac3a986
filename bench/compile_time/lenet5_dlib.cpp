// LeNet-5 trained on MNIST with dlib, for comparison: what the same program costs the compiler there.
#include <dlib/data_io.h>
#include <dlib/dnn.h>

#include <iostream>

using lenet5 = dlib::loss_multiclass_log<dlib::fc<
    10, dlib::relu<dlib::fc<
            84, dlib::relu<dlib::fc<
                    120, dlib::max_pool<
                             2, 2, 2, 2,
                             dlib::relu<dlib::con<
                                 16, 5, 5, 1, 1,
                                 dlib::max_pool<2, 2, 2, 2,
                                                dlib::relu<dlib::con<
                                                    6, 5, 5, 1, 1, dlib::input<dlib::matrix<unsigned char>>>>>>>>>>>>>>;

int main(int, char** arguments) {
    std::vector<dlib::matrix<unsigned char>> images, test_images;
    std::vector<unsigned long> labels, test_labels;
    dlib::load_mnist_dataset(arguments[1], images, labels, test_images, test_labels);

    lenet5 net;
    dlib::dnn_trainer<lenet5> trainer(net);
    trainer.set_learning_rate(0.01);
    trainer.set_mini_batch_size(64);
    trainer.be_verbose();
    trainer.train(images, labels);
    net.clean();
    dlib::serialize("lenet5.dat") << net;

    const auto answers = net(test_images);
    std::size_t right = 0;
    for (std::size_t i = 0; i < answers.size(); ++i) right += answers[i] == test_labels[i];
    std::cout << "test accuracy " << double(right) / double(answers.size()) << "\n";
}
